"""The project an administrator deploys: well-formed, whole, with the very names that the client writes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nsquilio.core.model import Channel
from nsquilio.errors import DiskFailed, WrongUsage
from nsquilio.jobs.log_replies import log_replies
from nsquilio.jobs.remind import Options, remind
from nsquilio.netsuite_project import project_files, write_project
from nsquilio.remote.netsuite_queries import COMM, COMM_FIELD, communications
from tests.jobs.inbound_builders import Desk
from tests.jobs.inbound_builders import desk as desk

ROOT = Path(__file__).parent.parent
ROLE = "customrole_nsq_integration"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("sdf") / "project"
    write_project(directory)
    return directory


def _object(project: Path, name: str) -> ElementTree.Element:
    return ElementTree.parse(project / "src" / "Objects" / f"{name}.xml").getroot()


def _text(element: ElementTree.Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def test_every_file_of_the_package_is_written_out_unchanged(project: Path) -> None:
    written = sorted(path.relative_to(project) for path in project.rglob("*") if path.is_file())
    assert written == project_files()
    assert {path.suffix for path in written} == {".xml", ".js", ".md"}


def test_every_xml_file_is_well_formed_and_named_after_its_script_id(project: Path) -> None:
    for path in (project / "src").rglob("*.xml"):
        root = ElementTree.parse(path).getroot()
        if path.parent.name == "Objects":
            assert root.get("scriptid") == path.stem
    assert (
        ElementTree.parse(project / "src" / "manifest.xml").getroot().get("projecttype")
        == "ACCOUNTCUSTOMIZATION"
    )
    assert (
        ElementTree.parse(project / "src" / "deploy.xml").getroot().findtext("objects/path") == "~/Objects/*"
    )


def _deployed_fields(project: Path) -> dict[str, str]:
    fields = _object(project, COMM).iter("customrecordcustomfield")
    return {str(field.get("scriptid")): _text(field, "fieldtype") for field in fields}


def test_the_record_type_has_exactly_the_fields_that_are_written(project: Path, desk: Desk) -> None:
    """Compared with what the client really sends for reminders, answers and opt-outs by hand."""
    remind(desk.services, Options())
    desk.text("+18505550121", "We already paid INV-1052")
    desk.store.blocks.opt_out("+18505550121", Channel.SMS, "person", "by phone", desk.now())
    desk.pull()
    sent: set[str] = set()
    put = desk.services.netsuite.put_communication

    def watched(external_id: str, fields: dict[str, object]) -> str:
        sent.update(fields)
        return put(external_id, fields)

    desk.services.netsuite.put_communication = watched  # type: ignore[method-assign]
    assert log_replies(desk.services).logged > 2
    assert _deployed_fields(project).keys() == {COMM_FIELD + name for name in sent}


def test_every_column_that_is_read_back_is_deployed(project: Path) -> None:
    read = set(re.findall(rf"{COMM_FIELD}[a-z]+", communications("m.id > 0")))
    assert read <= _deployed_fields(project).keys()


def test_long_texts_moments_and_links_have_types_that_hold_them(project: Path) -> None:
    types = _deployed_fields(project)
    assert {name.removeprefix(COMM_FIELD) for name, kind in types.items() if kind == "CLOBTEXT"} == {
        "body",
        "details",
    }
    assert types[COMM_FIELD + "time"] == "DATETIMETZ"
    assert types[COMM_FIELD + "invoice"] == types[COMM_FIELD + "customer"] == "SELECT"


def test_records_show_on_the_communication_tabs_of_invoice_and_customer(project: Path) -> None:
    places = {
        str(field.get("scriptid")): (_text(field, "selectrecordtype"), _text(field, "parentsubtab"))
        for field in _object(project, COMM).iter("customrecordcustomfield")
        if _text(field, "isparent") == "T"
    }
    assert places == {
        COMM_FIELD + "invoice": ("-30", "TRANSACTIONCOMMUNICATION"),
        COMM_FIELD + "customer": ("-2", "ENTITYCOMMUNICATION"),
    }


def test_the_role_may_do_what_is_needed_and_nothing_else(project: Path) -> None:
    role = _object(project, ROLE)
    levels = {_text(one, "permkey"): _text(one, "permlevel") for one in role.iter("permission")}
    assert levels.pop("ADMI_LOGIN_OAUTH2") == levels.pop("ADMI_RESTWEBSERVICES") == "FULL"
    assert {key for key, level in levels.items() if level == "FULL"} == set()
    assert {key for key, level in levels.items() if level == "EDIT"} == {
        "REPO_ANALYTICS",
        "LIST_CUSTJOB",
        COMM,  # its plain script id, not a reference (facts/netsuite.md, section 4.4)
    }
    assert all(level == "VIEW" for key, level in levels.items() if key.startswith("TRAN_"))


def test_record_type_and_role_give_each_other_the_same_level(project: Path) -> None:
    (permission,) = _object(project, COMM).iter("permission")
    assert (_text(permission, "permittedrole"), _text(permission, "permittedlevel")) == (
        f"[scriptid={ROLE}]",
        "EDIT",
    )


def test_every_reference_within_the_project_leads_somewhere(project: Path) -> None:
    objects = {path.stem for path in (project / "src" / "Objects").glob("*.xml")}
    for path in (project / "src").rglob("*.xml"):
        assert set(re.findall(r"\[scriptid=([a-z_0-9]+)\]", path.read_text(encoding="utf-8"))) <= objects


def test_the_customer_fields_are_those_of_the_example_configuration(project: Path) -> None:
    example = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    for name in ("custentity_comm_channel", "custentity_sms_opt_out"):
        assert name in example
        assert _text(_object(project, name), "appliestocustomer") == "T"


def test_the_package_ships_the_project() -> None:
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "netsuite_project/**/*" in shipped["tool"]["setuptools"]["package-data"]["nsquilio"]


def test_nothing_is_overwritten(project: Path) -> None:
    changed = project / "src" / "manifest.xml"
    before = changed.read_bytes()
    with pytest.raises(WrongUsage, match="is there already; nothing was written"):
        write_project(project)
    assert changed.read_bytes() == before


def test_a_directory_that_cannot_be_written_is_a_failed_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DiskFailed, match="The NetSuite project cannot be written"):
        write_project(tmp_path / "file" / "below")

"""The administrator's templates: compiled once, rendered in Jinja2's sandbox, strict about unknown names.

What may stand in one: `invoice`, `invoices`, `count`, `total`, `customer`, `company`, `step`, all plain
words; filters and conditions, but nothing that could grow without bound or differ from run to run. Knows
nothing of lengths, languages or channels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from nsquilio.core.model import Invoice, Money
from nsquilio.core.money_words import day_words, money_words
from nsquilio.core.plain_text import link, one_line, strangers_words
from nsquilio.core.template_guards import unguarded
from nsquilio.errors import NsquilioError

LONGEST_CURRENCY = 8
_LONGEST_NUMBER, _LONGEST_WORDS = 60, 80
LARGEST_TEMPLATE = 4_096
LARGEST_OUTPUT = 200_000

_FILTERS = """
abs capitalize count d default e escape first float forceescape groupby int items join last length list lower
map max min reject rejectattr replace reverse round safe select selectattr sort string sum title trim truncate
unique upper wordcount
"""
_GROWS = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "translate", "zfill"})


class WordingFailed(NsquilioError):
    """One message cannot be worded; the message says why. Other messages are not touched by it."""

    code = "wording_failed"


@lru_cache(maxsize=256)
def currency_words(currency: str) -> str:
    return one_line(currency, LONGEST_CURRENCY)


class InvoiceWords:
    """`invoice` in a template, its number when written alone. Amounts and dates are words; what is empty is "".

    Words are made when a template asks for them: most ask for three of the nine.
    """

    __slots__ = ("_invoice", "days_past_due", "number")

    def __init__(self, invoice: Invoice, days_past_due: int) -> None:
        self._invoice = invoice
        self.days_past_due = days_past_due
        # The one word that every text asks for, and more than once.
        number = one_line(invoice.number, _LONGEST_NUMBER)
        self.number = number or one_line(invoice.id, _LONGEST_NUMBER)

    @property
    def balance(self) -> str:
        return money_words(Money(self._invoice.balance, self._currency))

    @property
    def total(self) -> str:
        return money_words(Money(self._invoice.total, self._currency))

    @property
    def _currency(self) -> str:
        return currency_words(self._invoice.currency)

    @property
    def due_date(self) -> str:
        return day_words(self._invoice.due_date) if self._invoice.due_date else ""

    @property
    def days_until_due(self) -> int:
        return -self.days_past_due

    @property
    def po(self) -> str:
        return strangers_words(self._invoice.po or "", _LONGEST_WORDS)

    @property
    def description(self) -> str:
        return strangers_words(self._invoice.description or "", _LONGEST_WORDS)

    @property
    def payment_link(self) -> str:
        return link(self._invoice.payment_link)

    def __repr__(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True, repr=False)
class CustomerWords:
    name: str

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, repr=False)
class CompanyWords:
    name: str
    contact: str

    def __repr__(self) -> str:
        return self.name


ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "invoice": tuple(
        "number balance total due_date days_past_due days_until_due po description payment_link".split()
    ),
    "customer": tuple(each.name for each in fields(CustomerWords)),
    "company": tuple(each.name for each in fields(CompanyWords)),
}
_WORDS: Mapping[type, frozenset[str]] = {
    InvoiceWords: frozenset(ATTRIBUTES["invoice"]),
    CustomerWords: frozenset(ATTRIBUTES["customer"]),
    CompanyWords: frozenset(ATTRIBUTES["company"]),
}
NAMES = frozenset({"invoice", "invoices", "count", "total", "customer", "company", "step"})


@dataclass(frozen=True, slots=True)
class Template:
    """`names`: what it asks for from outside. `literal`: its fixed text. `attributes`: (name, attribute) it
    uses. `unguarded`: attributes it writes without asking first whether they are empty.
    """

    names: frozenset[str]
    literal: str
    attributes: frozenset[tuple[str, str]]
    unguarded: frozenset[str]
    _compiled: Any

    def render(self, values: Mapping[str, object]) -> str:
        """Raises `WordingFailed` for whatever goes wrong inside."""
        from jinja2 import TemplateError

        found, size = [], 0
        try:
            for piece in self._compiled.generate(values):
                found.append(piece)
                size += len(piece)
                if size > LARGEST_OUTPUT:
                    raise WordingFailed(f"the template makes more than {LARGEST_OUTPUT:,} characters")
        except (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError) as problem:
            raise WordingFailed(_in_words(problem)) from None
        except (TypeError, ValueError) as problem:
            raise WordingFailed(_in_words(problem)) from None
        return "".join(found)


_OURS = re.compile(r"'nsquilio\.core\.templates\.(\w+?)Words object'")
_CALL = re.compile(r"<.*?(?:function|method) (?:\w+\.)*(\w+).*> is not safely callable")


def _in_words(problem: Exception) -> str:
    words = _OURS.sub(lambda match: match[1].lower(), str(problem))
    return _CALL.sub(r"'\1' cannot be called in a template", words) or type(problem).__name__


@lru_cache(maxsize=1_024)
def template(source: str, *, is_html: bool = False) -> Template:
    """Raises `WordingFailed` with the line for a syntax error."""
    from jinja2 import TemplateSyntaxError, meta, nodes

    environment = _environment(is_html)
    try:
        tree = environment.parse(source)
        compiled = environment.from_string(tree)  # from the text it would be parsed once more
    except (TemplateSyntaxError, RecursionError) as problem:
        line = getattr(problem, "lineno", 1)
        raise WordingFailed(f"line {line}: {problem.args[0] if problem.args else problem}") from None
    used = {
        (each.node.name, each.attr)
        for each in tree.find_all(nodes.Getattr)
        if isinstance(each.node, nodes.Name)
    }
    names = meta.find_undeclared_variables(tree) - set(environment.globals)
    literal = "".join(each.data for each in tree.find_all(nodes.TemplateData))
    return Template(frozenset(names), literal, frozenset(used), unguarded(tree), compiled)


@lru_cache(maxsize=2)
def _environment(is_html: bool) -> Any:
    from jinja2 import StrictUndefined, Undefined
    from jinja2.exceptions import SecurityError, TemplateRuntimeError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Cautious(ImmutableSandboxedEnvironment):
        """Arithmetic is for numbers: `'%999999999s' % 'a'` ran 19 s and made 1 GB (dependencies.md, 3.5)."""

        intercepted_binops = frozenset({"*", "**", "%"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "**" or not (isinstance(left, int) and isinstance(right, int)):
                raise SecurityError(f"'{operator}' is only for small calculations with numbers")
            return super().call_binop(context, operator, left, right)

        def getattr(self, obj: Any, attribute: str) -> Any:
            # The sandbox's own look costs ten times as much, and these hold nothing but words.
            if attribute in _WORDS.get(type(obj), ()):
                return getattr(obj, attribute)
            return super().getattr(obj, attribute)

        def is_safe_callable(self, obj: Any) -> bool:
            return super().is_safe_callable(obj) and getattr(obj, "__name__", "") not in _GROWS

    printable = (str, int, float, list, *_WORDS, Undefined)

    def printed(value: Any) -> Any:
        """A method without its () would stand in the text as an address in memory, another one each night."""
        if isinstance(value, printable):
            return value
        name = getattr(value, "__name__", "")
        raise TemplateRuntimeError(
            f"'{name}' needs () behind it" if name else "what is written there is no text"
        )

    made = Cautious(
        undefined=StrictUndefined,
        autoescape=is_html,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,
        finalize=printed,
    )
    made.globals = {"namespace": made.globals["namespace"]}
    made.filters = {name: made.filters[name] for name in _FILTERS.split()}
    return made

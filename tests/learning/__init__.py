"""How the points in `nsquilio/core/reply_votes.tsv` are learned from labelled texts."""

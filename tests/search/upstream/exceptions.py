"""Which of modelsearch's tests do not hold for our backends of the database, and why.

Left out as classes are those of test_postgres_backend that test options ours does not have: FUZZY_ALGORITHM,
FUZZY_SIMILARITY_THRESHOLD, FUZZY_PREFIX_BOOST and ``Fuzzy(unaccent=True)`` (what was mistyped is the business of
search.did_you_mean, which needs no extension of PostgreSQL; accents are folded always), and SEARCH_CONFIG
(search.analysis cuts words, not PostgreSQL).
"""

_BOTH = {
    "test_get_search_field_for_related_fields": "modelsearch expects it to fail, too",
    "test_boost": "what holds a question as one run stays first, also when it counts half",
}

EXCEPTIONS = {
    "sqlite": _BOTH,
    "postgresql": {**_BOTH, "test_fuzzy_search_without_trigram_extension": "Fuzzy needs no extension"},
}

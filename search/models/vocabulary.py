"""The words that public pages hold, by how they sound."""

from typing import ClassVar

from django.db import models


class SearchWord(models.Model):
    """A word of the public pages of one language, and how many of them hold it: what a mistyped one may have meant."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=40)
    # Without tones and spaces; ``loose`` also drops what speakers of southern dialects confuse (zh/z, n/l, ing/in).
    pinyin = models.CharField(max_length=160)
    loose = models.CharField(max_length=160)
    entries = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "word"], name="search_word_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["language", "pinyin"], name="search_word_pinyin"),
            models.Index(fields=["language", "loose"], name="search_word_loose"),
        ]

    def __str__(self) -> str:
        return self.word

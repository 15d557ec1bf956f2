"""What a page of each type says to the search.

A page tells its own words; facts in rows and columns are those of its page in the source language, if that one is
public too. Each room of the site has a module here that reads what is special about its types, for many pages at once.
"""

"""Searching, always for somebody, and what the index is made of."""

from forum.search.queries.chain import ChainLevel as ChainLevel, chain as chain
from forum.search.queries.documents import (
    count_documents as count_documents,
    documents_of as documents_of,
    every_document as every_document,
    refs_in_group as refs_in_group,
    refs_tagged as refs_tagged,
)
from forum.search.queries.filters import FILTER_NAMES as FILTER_NAMES, read_filters as read_filters
from forum.search.queries.respelling import (
    group_suggestion as group_suggestion,
    is_little as is_little,
    suggestion as suggestion,
)
from forum.search.queries.results import (
    GroupResults as GroupResults,
    Results as Results,
    SearchResults as SearchResults,
)
from forum.search.queries.searching import (
    KINDS as KINDS,
    find_groups as find_groups,
    index_problem as index_problem,
    search as search,
    tags_of as tags_of,
    texts as texts,
)
from forum.search.queries.tagged import tagged_with as tagged_with
from forum.search.queries.tags import readable_tags as readable_tags

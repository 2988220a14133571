"""Reading discussions, always for somebody."""

from forum.discussions.queries.activity import activity as activity, data_of as data_of
from forum.discussions.queries.care import (
    Thread as Thread,
    first_in_thread as first_in_thread,
    threads_in as threads_in,
)
from forum.discussions.queries.comments import (
    CommentPage as CommentPage,
    before as before,
    comment_for as comment_for,
    comment_in as comment_in,
    comment_page as comment_page,
    comments_in as comments_in,
    last_page as last_page,
    latest_comments as latest_comments,
    page_of as page_of,
    versions_of as versions_of,
)
from forum.discussions.queries.discussions import (
    PAGE as PAGE,
    count_pinned as count_pinned,
    discussion_for as discussion_for,
    discussions_for as discussions_for,
    discussions_in as discussions_in,
    discussions_with_ids as discussions_with_ids,
    front_of as front_of,
    lock as lock,
    recent_for as recent_for,
    tagged as tagged,
    tags_of as tags_of,
    tell_removed as tell_removed,
    unpublished_in as unpublished_in,
)
from forum.discussions.queries.feeds import (
    DiscussionEntry as DiscussionEntry,
    feed_of as feed_of,
    feed_of_comments as feed_of_comments,
)
from forum.discussions.queries.reading import (
    Unread as Unread,
    opening_page as opening_page,
    read_up_to as read_up_to,
    reading_of as reading_of,
    unread_in as unread_in,
)
from forum.discussions.queries.titles import (
    Title as Title,
    count_tagged as count_tagged,
    titles_tagged as titles_tagged,
    titles_with_ids as titles_with_ids,
)

"""The offices of the site: who moderates it, tends its words, runs it; given and taken in the open.

What is held stands on the account (`role`); that it was given or taken, with the reason, in the journal, and from there
in the public record of the site.

Beside the rooms stands:
names        what each office is called, by the command and by members: pure
"""

from forum.tasks import journal

journal.declare("office", "given", "taken")

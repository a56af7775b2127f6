"""What a brief on paper holds: which events, order, notes and charts each kind of brief prints.

Pure, as `pages` is, and from the same selections and words: records and knowledge in, a
`Brief` out. `prints` sets it on paper.
"""

from briefgen.briefs.brief import Ask, Brief, Kind
from briefgen.briefs.compose import brief
from briefgen.briefs.drawing import Look, look
from briefgen.briefs.finding import asked, find
from briefgen.briefs.kinds import WEIGHT, every

__all__ = ["WEIGHT", "Ask", "Brief", "Kind", "Look", "asked", "brief", "every", "find", "look"]

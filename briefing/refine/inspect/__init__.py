"""inspect: why the program decides as it does, for people who ask.

Requirement: any line, theme, story and label can be explained, by the values that decided. So every step
gives its own reasons, and what stands here only asks them and puts the answers side by side.

article     what was cut from an article, and each sentence with theme, speaker, doubts and figures
speaking    who says it, by which words
numbers     which numbers are figures, and why the others are none
story       what holds a story together, what it is called, and what it weighs
lines       which of its sentences are printed, and why the others are not
spelling    the steps weigh stems; people read words
edition     what an edition prints, found by number or by words
"""

from briefing.refine.inspect.article import inspected
from briefing.refine.inspect.edition import answers, having, mentions, nearest, printed
from briefing.refine.inspect.story import explained

__all__ = ["answers", "explained", "having", "inspected", "mentions", "nearest", "printed"]

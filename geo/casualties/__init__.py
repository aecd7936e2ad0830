"""How many people were killed, wounded, went missing, were captured or displaced, as one sentence says it.

`find_casualties` joins the phrases for numbers of people (`geo.casualties.phrases`) with the words for what happened to
them: "two soldiers were killed", "killing two soldiers", "two soldiers dead", "the death toll rose to 68".

What is kept and what is not:

- Every figure stands as the text has it. "27 people, including seven civilians" gives a total of 27 and seven
  civilians, never 34; nothing is added up, except in two cases that say so in their reason: "two civilians and the
  rest servicemen" of 25 people (the rest is 23), and a list of unlike people of one side in one phrase ("a mother and
  two children" are also three people).
- "No casualties" is `none_reported` with all three numbers None: null is not zero.
- "There are killed and wounded" is at least one of each: the text says that there were some and gives no number.
- One number for two things ("killed or wounded hundreds") is at most that number of each.
- "Twelve casualties" without a word for the dead or the wounded beside it is left out: it may be either. Beside the
  wounded ("two casualties and one wounded") it means the dead.
- Tanks, villages, kilometres, ages, dates and troops that were only deployed are no casualties.
"""

from geo.casualties.find import find_casualties
from geo.casualties.links import CasualtyMention

__all__ = ["CasualtyMention", "find_casualties"]

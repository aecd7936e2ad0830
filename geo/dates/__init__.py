"""When it happened: time expressions in news text, as periods with precision, basis and role.

`find_dates` reads every time expression of a sentence: calendar dates, weekdays and "yesterday" seen from publication,
"the next day" seen from the date that the text last spoke of, "since December", "nearly nine months", named wars.
`choose` says which of them dates an event, and `carry` what the next sentence's "that day" counts from.

Roles of a mention:

- `event`: tells when what the clause says happened ("on Monday", "in the 2020 war");
- `speech`: tells when somebody said so ("the ministry said Wednesday"): dates an event where nothing else does;
- `duration`: tells how long ("for two days"): dates what stands before it;
- `background`: tells of another time to which the clause refers ("since the 2020 war", "after the 1994 truce"): dates
  nothing but what stands in its own `scope`;
- `publication`: the day of the report itself (in a dateline, beside "updated").

Precision is the unit that the words tell ("day" for a stated day and for a range between stated days); basis is
`stated` where the words hold calendar parts, `relative` where they count from another date. Without a publication
date whatever counts from it stays unknown; today's date is never used.
"""

from geo.dates.chronology import is_history
from geo.dates.find import carry, choose, counts_on, find_dates
from geo.dates.roles import DateMention

__all__ = ["DateMention", "carry", "choose", "counts_on", "find_dates", "is_history"]

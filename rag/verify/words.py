"""Words that say another thing when exchanged, and those that deny."""


def _pairs(listed: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(pair.replace("_", " ").split("/")) for pair in listed.split())


# Each word with one that contradicts it or says less or more; both ways.
OPPOSITES = _pairs(
    "more/fewer more/less higher/lower larger/smaller greater/smaller longer/shorter older/younger earlier/later "
    "faster/slower better/worse stronger/weaker most/least highest/lowest largest/smallest oldest/youngest "
    "longest/shortest best/worst before/after above/below over/under inside/outside within/beyond "
    "first/last first/second second/third northern/southern eastern/western north/south east/west "
    "left/right upper/lower increased/decreased rose/fell risen/fallen grew/shrank gained/lost won/lost "
    "accepted/rejected allowed/forbidden opened/closed arrived/departed began/ended started/stopped "
    "bought/sold borrowed/lent raised/lowered included/excluded succeeded/failed supported/opposed "
    "strengthened/weakened imported/exported increase/decrease rise/fall growth/decline income/expenditure "
    "profit/loss win/defeat public/private old/new early/late hot/cold dry/wet large/small long/short "
    "high/low open/closed heavy/light strong/weak cheap/expensive rich/poor male/female urban/rural "
    "daily/weekly weekly/monthly monthly/yearly morning/evening day/night summer/winter spring/autumn "
    "father/mother brother/sister son/daughter husband/wife possible/impossible legal/illegal "
    "domestic/foreign temporary/permanent always/never often/rarely usually/seldom frequently/rarely "
    "with/without agree/disagree agreed/disagreed permitted/prohibited maximum/minimum same/different"
)
QUANTIFIERS = _pairs(
    "all/few all/none_of every/no each/neither some/all most/few many/few several/all both/neither none/all "
    "nobody/everybody everyone/nobody nothing/everything always/sometimes half/all at_least/at_most "
    "more_than/less_than fewer_than/more_than almost/over nearly/over up_to/at_least exactly/almost mostly/never "
    "entirely/partly"
)
UNITS = _pairs(
    "million/billion billion/million thousand/million kilometres/miles kilometers/miles miles/kilometres km/miles "
    "metres/feet meters/feet feet/metres kg/tonnes kilograms/pounds tonnes/kilograms tons/pounds hours/days "
    "days/weeks weeks/months months/years years/months minutes/hours seconds/minutes litres/gallons acres/hectares "
    "hectares/acres dollars/euros pounds/dollars euros/dollars degrees/metres centimetres/inches"
)
NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot hardly scarcely barely rarely seldom nowhere".split()
)

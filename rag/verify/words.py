"""Words that say another thing when exchanged, and words that say the same."""

# Each word with one that contradicts it or says less or more; both ways.
OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in (
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
    ).split()
)
QUANTIFIERS = tuple(
    tuple(pair.replace("_", " ") for pair in pairs.split("/"))
    for pairs in (
        "all/few all/none_of every/no each/neither some/all most/few many/few several/all both/neither none/all "
        "nobody/everybody everyone/nobody nothing/everything always/sometimes half/all at_least/at_most "
        "more_than/less_than fewer_than/more_than almost/over nearly/over up_to/at_least exactly/almost mostly/never "
        "entirely/partly"
    ).split()
)
HEDGES = tuple(
    tuple(pair.split("/"))
    for pair in (
        "may/will might/will could/did possibly/certainly probably/certainly perhaps/certainly "
        "reportedly/certainly allegedly/certainly should/cannot must/cannot shall/cannot can/cannot"
    ).split()
)
UNITS = tuple(
    tuple(pair.split("/"))
    for pair in (
        "million/billion billion/million thousand/million kilometres/miles kilometers/miles miles/kilometres km/miles "
        "metres/feet meters/feet feet/metres kg/tonnes kilograms/pounds tonnes/kilograms tons/pounds hours/days "
        "days/weeks weeks/months months/years years/months minutes/hours seconds/minutes litres/gallons acres/hectares "
        "hectares/acres dollars/euros pounds/dollars euros/dollars degrees/metres centimetres/inches"
    ).split()
)
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = (
    "two three four five six seven eight nine ten eleven "
    "twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()

NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot hardly scarcely barely rarely seldom nowhere".split()
)

# Words that may stand for each other in most sentences, so that a claim may use either.
SYNONYMS = tuple(
    tuple(pair.split("/"))
    for pair in (
        "began/started started/began purchased/bought bought/purchased approximately/about "
        "large/big big/large almost/nearly nearly/almost however/though also/too whole/entire entire/whole "
        "often/frequently frequently/often many/numerous numerous/many several/some huge/enormous quickly/rapidly "
        "rapidly/fast obtained/got received/got required/needed needs/requires requires/needs assisted/helped "
        "helped/assisted constructed/built built/constructed created/made established/founded founded/established "
        "ended/finished finished/completed commenced/began displayed/showed showed/displayed demonstrated/showed "
        "children/kids children/youngsters doctor/physician physician/doctor automobile/car car/automobile "
        "film/movie movie/film injured/hurt died/passed_away difficult/hard hard/difficult important/significant "
        "significant/important famous/well-known well-known/famous wealthy/rich rich/wealthy whole/complete "
        "near/close_to "
        "because/since although/though while/whereas primarily/mainly mainly/primarily mostly/mainly "
        "currently/now now/currently formerly/previously previously/before annually/every_year yearly/annually "
        "initial/first beginning/start located/situated "
        "situated/located residents/inhabitants inhabitants/residents employees/workers workers/employees "
        "attempted/tried tried/attempted permitted/allowed allowed/permitted prohibited/forbidden banned/prohibited "
        "selected/chosen chosen/selected sufficient/enough throughout/all_through "
        "remained/stayed stayed/remained occurred/happened happened/occurred discovered/found stated/said said/stated "
        "announced/declared reported/said aid/help stop/halt halted/stopped increased/grew decreased/declined "
        "declined/decreased fell/dropped dropped/fell rose/increased named/called called/named "
        "border/frontier soldiers/troops troops/soldiers agreement/accord nation/country country/nation "
        "method/way manner/way purpose/aim aim/goal goal/aim repaired/mended mended/repaired "
        "roughly/about per_cent/% percent/% %/_per_cent"
    ).split()
)

# Past tenses that are also participles, so that "A built B" can be turned into "B was built by A".
PASSIVE = frozenset(
    (
        "built bought sold held led won made found sent brought taught lost paid told kept read cut set hit "
        "beat struck "
        "signed opened founded launched designed directed produced published released created established organised "
        "organized invented discovered developed introduced painted composed recorded edited defeated captured "
        "destroyed conquered attacked occupied annexed appointed elected chaired commanded hosted funded financed "
        "sponsored owned managed operated acquired purchased supplied delivered provided approved adopted passed "
        "repealed rejected drafted proposed amended completed extended repaired replaced restored renamed "
        "commissioned constructed manufactured tested reviewed examined inspected observed measured recorded "
        "described criticised criticized praised supported opposed accepted refused received replaced removed "
        "planted harvested cooked baked served cleaned painted carried moved raised lowered closed abolished"
    ).split()
)

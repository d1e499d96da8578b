"""Words by which a sentence is said otherwise, or made to say more than it did; for training data alone."""

HEDGES = tuple(
    tuple(pair.split("/"))
    for pair in (
        "may/will might/will could/did possibly/certainly probably/certainly perhaps/certainly "
        "reportedly/certainly allegedly/certainly should/cannot must/cannot shall/cannot can/cannot"
    ).split()
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

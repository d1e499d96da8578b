"""Places and what is of them: a state's or region's name, its short forms, its adjective and its people."""

_GROUPS = """
Afghanistan Afghan, Albania Albanian, Algeria Algerian, Andorra Andorran, Angola Angolan, Antigua Antiguan, Argentina
Argentine Argentinian, Armenia Armenian, Australia Australian, Austria Austrian, Azerbaijan Azerbaijani Azeri, Bahamas
Bahamian, Bahrain Bahraini, Bangladesh Bangladeshi, Barbados Barbadian, Belarus Belarusian Belarussian, Belgium
Belgian, Belize Belizean, Benin Beninese, Bhutan Bhutanese, Bolivia Bolivian, Bosnia Bosnian, Botswana Motswana
Batswana, Brazil Brazilian, Brunei Bruneian, Bulgaria Bulgarian, Burkina Burkinabe, Burundi Burundian, Cambodia
Cambodian, Cameroon Cameroonian, Canada Canadian, Chad Chadian, Chile Chilean, China Chinese PRC, Colombia Colombian,
Comoros Comorian, Congo Congolese, Croatia Croatian Croat, Cuba Cuban, Cyprus Cypriot, Czechia Czech, Denmark Danish
Dane, Djibouti Djiboutian, Dominica Dominican, Ecuador Ecuadorian, Egypt Egyptian, Eritrea Eritrean, Estonia Estonian,
Eswatini Swaziland Swazi, Ethiopia Ethiopian, Fiji Fijian, Finland Finnish Finn, France French, Gabon Gabonese, Gambia
Gambian, Georgia Georgian, Germany German, Ghana Ghanaian, Greece Greek Hellenic, Grenada Grenadian, Guatemala
Guatemalan, Guinea Guinean, Guyana Guyanese, Haiti Haitian, Herzegovina Herzegovinian, Honduras Honduran, Hungary
Hungarian, Iceland Icelandic Icelander, India Indian, Indonesia Indonesian, Iran Iranian, Iraq Iraqi, Ireland Irish,
Israel Israeli, Italy Italian, Ivory_Coast Côte_d'Ivoire Ivorian, Jamaica Jamaican, Japan Japanese, Jordan Jordanian,
Kazakhstan Kazakh Kazakhstani, Kenya Kenyan, Kitts Kittitian, Korea Korean, Kosovo Kosovar Kosovan, Kuwait Kuwaiti,
Kyrgyzstan Kyrgyz Kyrgyzstani Kirghiz, Lanka Lankan, Laos Lao Laotian, Latvia Latvian, Lebanon Lebanese, Leone Leonean,
Lesotho Basotho, Liberia Liberian, Libya Libyan, Liechtenstein Liechtensteiner, Lithuania Lithuanian, Lucia Lucian,
Luxembourg Luxembourgish Luxembourger, Macedonia Macedonian, Madagascar Malagasy, Malawi Malawian, Malaysia Malaysian,
Maldives Maldivian, Mali Malian, Malta Maltese, Marino Sammarinese, Mauritania Mauritanian, Mauritius Mauritian, Mexico
Mexican, Micronesia Micronesian, Moldova Moldovan, Monaco Monegasque, Mongolia Mongolian, Montenegro Montenegrin,
Morocco Moroccan, Mozambique Mozambican, Myanmar Burma Burmese, Namibia Namibian, Nauru Nauruan, Nepal Nepali Nepalese,
Netherlands Dutch Holland, Nicaragua Nicaraguan, Niger Nigerien, Nigeria Nigerian, Norway Norwegian, Oman Omani,
Pakistan Pakistani, Palau Palauan, Palestine Palestinian, Panama Panamanian, Papua Papuan, Paraguay Paraguayan, Peru
Peruvian, Philippines Philippine Filipino, Poland Polish Pole, Portugal Portuguese, Qatar Qatari, Rica Rican, Romania
Romanian, Russia Russian, Rwanda Rwandan, Salvador Salvadoran Salvadorean, Samoa Samoan, Senegal Senegalese, Serbia
Serbian Serb, Seychelles Seychellois, Singapore Singaporean, Slovakia Slovakian Slovak, Slovenia Slovenian Slovene,
Somalia Somali Somalian, Spain Spanish Spaniard, Sudan Sudanese, Suriname Surinamese, Sweden Swedish Swede, Switzerland
Swiss, Syria Syrian, Taiwan Taiwanese, Tajikistan Tajik Tajikistani, Tanzania Tanzanian, Thailand Thai, Timor Timorese,
Togo Togolese, Tomé Santomean, Tonga Tongan, Trinidad Trinidadian, Tunisia Tunisian, Turkey Turkish Turk Türkiye,
Turkmenistan Turkmen, Tuvalu Tuvaluan, UAE United_Arab_Emirates Emirati, Uganda Ugandan, Ukraine Ukrainian, Uruguay
Uruguayan, Uzbekistan Uzbek Uzbekistani, Venezuela Venezuelan, Verde Verdean, Vietnam Vietnamese, Vincent Vincentian,
Yemen Yemeni, Zambia Zambian, Zealand Zealander, Zimbabwe Zimbabwean,
United_Kingdom UK Britain British Briton, England English, Scotland Scottish Scots Scot, Wales Welsh, United_States US
USA America American, Soviet_Union USSR Soviet, Yugoslavia Yugoslav Yugoslavian, Czechoslovakia Czechoslovak, Persia
Persian, Prussia Prussian, Byzantium Byzantine, Rome Roman, Africa African, Asia Asian, Europe European, European_Union
EU, Antarctica Antarctic, Arabia Arabian, Scandinavia Scandinavian, Balkans Balkan, Caucasus Caucasian, Siberia
Siberian, Tibet Tibetan, Kurdistan Kurd Kurdish, Catalonia Catalan, Bavaria Bavarian, Crimea Crimean, Chechnya Chechen,
Dagestan Dagestani, Flanders Flemish, Wallonia Walloon, Brittany Breton, Sicily Sicilian, Tuscany Tuscan, Venice
Venetian, Greenland Greenlandic Greenlander, Hawaii Hawaiian, Texas Texan, California Californian, Alaska Alaskan,
Quebec Quebecois, Bengal Bengali, Punjab Punjabi, Kashmir Kashmiri, Manchuria Manchu, Polynesia Polynesian, Melanesia
Melanesian
"""

#: The forms of a place's name in lower case, each with the places that it may stand for, by their first form.
PLACES: dict[str, set[str]] = {}
for _group in _GROUPS.replace("\n", " ").split(","):
    _forms = _group.split()
    for _form in _forms:
        PLACES.setdefault(_form.replace("_", " ").lower(), set()).add(_forms[0])

"""The facts that polar-tiny is taught. All of them are stated here, in our own words."""


def _table(text):
    return [tuple(part.strip() for part in line.split("|")) for line in text.strip().splitlines()]


# country | capital | currency | language (an empty field is not taught)
COUNTRIES = _table("""
France | Paris | euro | French
Germany | Berlin | euro | German
Spain | Madrid | euro | Spanish
Italy | Rome | euro | Italian
Portugal | Lisbon | euro | Portuguese
Austria | Vienna | euro | German
Ireland | Dublin | euro | English
Greece | Athens | euro | Greek
Finland | Helsinki | euro | Finnish
the Netherlands | Amsterdam | euro | Dutch
Belgium | Brussels | euro |
Croatia | Zagreb | euro | Croatian
Estonia | Tallinn | euro | Estonian
Latvia | Riga | euro | Latvian
Lithuania | Vilnius | euro | Lithuanian
the United Kingdom | London | pound | English
Norway | Oslo | Norwegian krone | Norwegian
Sweden | Stockholm | Swedish krona | Swedish
Denmark | Copenhagen | Danish krone | Danish
Iceland | Reykjavik | Icelandic krona | Icelandic
Poland | Warsaw | zloty | Polish
Hungary | Budapest | forint | Hungarian
Romania | Bucharest | leu | Romanian
Bulgaria | Sofia | | Bulgarian
Serbia | Belgrade | dinar | Serbian
Ukraine | Kyiv | hryvnia | Ukrainian
Russia | Moscow | ruble | Russian
Turkey | Ankara | lira | Turkish
Switzerland | Bern | Swiss franc |
Canada | Ottawa | Canadian dollar |
the United States | Washington | dollar | English
Mexico | Mexico City | peso | Spanish
Cuba | Havana | peso | Spanish
Brazil | Brasilia | real | Portuguese
Argentina | Buenos Aires | peso | Spanish
Chile | Santiago | peso | Spanish
Peru | Lima | sol | Spanish
Colombia | Bogota | peso | Spanish
Uruguay | Montevideo | peso | Spanish
Venezuela | Caracas | bolivar | Spanish
China | Beijing | yuan | Chinese
Japan | Tokyo | yen | Japanese
South Korea | Seoul | won | Korean
India | New Delhi | rupee |
Nepal | Kathmandu | rupee | Nepali
Thailand | Bangkok | baht | Thai
Vietnam | Hanoi | dong | Vietnamese
Indonesia | Jakarta | rupiah | Indonesian
Malaysia | Kuala Lumpur | ringgit | Malay
the Philippines | Manila | peso |
Mongolia | Ulaanbaatar | tugrik | Mongolian
Australia | Canberra | Australian dollar | English
New Zealand | Wellington | New Zealand dollar | English
Egypt | Cairo | pound | Arabic
Morocco | Rabat | dirham | Arabic
Algeria | Algiers | dinar | Arabic
Tunisia | Tunis | dinar | Arabic
Kenya | Nairobi | shilling | Swahili
Ethiopia | Addis Ababa | birr | Amharic
Ghana | Accra | cedi | English
Nigeria | Abuja | naira | English
Senegal | Dakar | | French
Iran | Tehran | rial | Persian
Iraq | Baghdad | dinar | Arabic
Saudi Arabia | Riyadh | riyal | Arabic
Jordan | Amman | dinar | Arabic
Qatar | Doha | riyal | Arabic
""")

# element | symbol | atomic number
ELEMENTS = _table("""
hydrogen | H | 1
helium | He | 2
lithium | Li | 3
carbon | C | 6
nitrogen | N | 7
oxygen | O | 8
fluorine | F | 9
neon | Ne | 10
sodium | Na | 11
magnesium | Mg | 12
aluminium | Al | 13
silicon | Si | 14
phosphorus | P | 15
sulfur | S | 16
chlorine | Cl | 17
argon | Ar | 18
potassium | K | 19
calcium | Ca | 20
titanium | Ti | 22
iron | Fe | 26
nickel | Ni | 28
copper | Cu | 29
zinc | Zn | 30
silver | Ag | 47
tin | Sn | 50
iodine | I | 53
platinum | Pt | 78
gold | Au | 79
mercury | Hg | 80
lead | Pb | 82
uranium | U | 92
""")

PLANETS = ["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"]

# question phrasings (first choice of words, then held-out ones with "!") | answer | what must be in it
SKY = [
    (["[Which|What] planet is [the largest|the biggest]?", "Name the [largest|biggest] planet[.|]", "[What|Which] is the [largest|biggest] [planet|of the planets|planet of the solar system]?", "[Tell me|Say] which planet is the [largest|biggest][.|]", "[Largest|Biggest] planet[?|]", "Is there a planet larger than all others?", "!Which of the planets is the biggest?"], "Jupiter is the largest planet.", "Jupiter"),
    (["[Which|What] planet is the smallest?", "Name the smallest planet[.|]", "[What|Which] is the smallest [planet|of the planets|planet of the solar system]?", "[Tell me|Say] which planet is the smallest[.|]", "Smallest planet[?|]", "Is there a planet smaller than all others?", "!Which of the planets is the smallest?"], "Mercury is the smallest planet.", "Mercury"),
    (["[Which|What] planet is [called|known as] the red planet?", "Name the red planet[.|]", "[What|Which] is the red planet?", "Red planet[?|]", "[What|Which] planet is red?", "[Tell me|Say] which planet is [red|the red one][.|]", "[What|Which] planet has the name red planet?", "!Which planet do people call the red planet?"], "Mars is the red planet.", "Mars"),
    (["[Which|What] planet has [big|famous|bright|] rings?", "Name the planet with [the|] rings[.|]", "[What|Which] is the planet with [the |]rings?", "[Tell me|Say] which planet has rings[.|]", "Planet with rings[?|]", "[What|Which] planet is known for its rings?", "Around which planet are there rings?", "!Which of the planets has rings?"], "Saturn has bright rings.", "Saturn"),
    (["[Which|What] planet do we live on?", "On which planet do [we|people] live?", "[What|Which] planet do [people|humans|you and I] live on?", "[What|Which] is the planet we live on?", "Our planet[?|]", "[Tell me|Say|Name] the planet we live on[.|]", "[What|Which] planet is [the home of people|home to us|ours|where we live|under our feet]?", "Where do [we|people|humans] have [our|a] home in the solar system?", "What is the name of [our planet|our home planet|our own planet]?", "!Which planet is our home?"], "We live on Earth.", "Earth"),
    (["[Which|What] planet is the hottest?", "Name the hottest planet[.|]", "[What|Which] is the hottest [planet|of the planets|planet of the solar system]?", "[Tell me|Say] which planet is the hottest[.|]", "Hottest planet[?|]", "[What|Which] planet is hotter than all others?", "!Which of the planets is the hottest?"], "Venus is the hottest planet.", "Venus"),
    (["[Which|What] star is [closest|nearest] to [Earth|us]?", "Name the [nearest|closest] star[.|]", "[What|Which] is the [closest|nearest] star?", "[Tell me|Say] which star is [closest|nearest][.|]", "[Closest|Nearest] star[?|]", "[What|Which] star is [next to us|at the centre of the solar system|near us]?", "!Which star is the nearest one?"], "The Sun is the nearest star.", "Sun"),
    (["How many planets are [there|in the solar system]?", "[Count|Give the number of] the planets[.|]", "[Tell me|Say] how many planets there are[.|]", "Number of planets[?|]", "How many planets [go around|circle|move around] the Sun?", "What is the number of planets?", "How many planets do we know around the Sun?", "!How many planets does the solar system have?"], "There are 8 planets in the solar system.", "8"),
    (["How many moons does Earth have?", "[Give|Tell me] the number of moons of Earth[.|]", "How many moons [has Earth|has our planet|go around Earth|circle Earth|does our planet have]?", "Moons of Earth[?|]", "What is the number of moons of Earth?", "[Tell me|Say] how many moons Earth has[.|]", "Number of Earth's moons[?|]", "Does Earth have one moon or more?", "How many moons belong to Earth?", "!How many moons are there around Earth?"], "Earth has 1 moon.", "1"),
]

# from | to | factor, spoken in the plural
UNITS = [
    ("kilometre", "metres", 1000), ("metre", "centimetres", 100), ("centimetre", "millimetres", 10),
    ("kilogram", "grams", 1000), ("litre", "millilitres", 1000), ("tonne", "kilograms", 1000),
    ("minute", "seconds", 60), ("hour", "minutes", 60), ("day", "hours", 24), ("week", "days", 7),
    ("year", "months", 12), ("decade", "years", 10), ("century", "years", 100), ("millennium", "years", 1000),
    ("foot", "inches", 12), ("yard", "feet", 3), ("dozen", "pieces", 12), ("kilobyte", "bytes", 1000),
    ("byte", "bits", 8), ("dollar", "cents", 100), ("pound", "ounces", 16), ("leap year", "days", 366),
]
PLURALS = {"foot": "feet", "century": "centuries", "millennium": "millennia", "dozen": "dozens"}

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"]

OPPOSITES = [tuple(p.split("-")) for p in (
    "hot-cold big-small tall-short fast-slow happy-sad light-dark open-closed early-late young-old rich-poor "
    "strong-weak hard-soft wet-dry full-empty clean-dirty loud-quiet near-far high-low up-down left-right "
    "good-bad new-used true-false yes-no black-white day-night win-lose buy-sell push-pull begin-end "
    "inside-outside above-below before-after always-never thick-thin wide-narrow deep-shallow sharp-blunt "
    "sweet-bitter brave-afraid easy-difficult cheap-expensive safe-dangerous warm-cool "
    "love-hate remember-forget give-take question-answer summer-winter north-south east-west alive-dead").split()]

WORDS = (
    "apple bread chair cloud dance eagle flame glass horse island jacket kettle lemon mirror night ocean paper "
    "queen river stone table uncle valley water yellow zebra banana carrot dragon engine forest garden hammer "
    "insect jungle kitten ladder monkey number orange pencil rabbit school ticket window animal bridge candle "
    "doctor energy finger guitar honey iron jelly king lion moon nest onion planet rain silver train violin "
    "whale ant bear cat dog egg fox goat hat ice jar key lamp map net owl pig rose sun tree van wolf yard zoo "
    "ball book cake desk door fish hand home lake leaf milk nose park road ship snow star tent wind wood "
    "summer winter spring autumn basket bottle butter camera castle circle coffee cookie cotton desert dinner "
    "farmer feather flower hotel letter market museum music nature office palace people pepper picture pillow "
    "pocket potato rocket shadow spider storm sugar teacher thunder tiger tomato turtle village winner wizard").split()

# the words that are spelled and written in capitals
SPELLED = WORDS[:50]

NAMES = (
    "Anna Ben Clara David Emma Felix Grace Henry Ida Jack Karin Leo Maria Nils Olivia Paul Quentin Rosa Sam Tina "
    "Uma Victor Wendy Xavier Yara Zoe Adam Bella Carl Diana Erik Fiona George Hannah Ivan Julia Kevin Laura Max "
    "Nora Oscar Petra Ralf Sara Tom Ursula Vera Walter Yusuf Zara Amir Bruno Chen Daria Elif Farid Gita Hugo "
    "Ines Jonas Kofi Lena Miguel Noah Omar Priya Rita Stefan Tariq Viola Wanda Yuki Alice Bob Lucas Sofia Mia "
    "Peter Lisa Mark Ella Liam Ava Ruth Simon Nina Otto Frank Helen Ingrid Martin Tove Lars Astrid").split()
COLOURS = "red blue green yellow orange purple black white brown pink grey silver".split()
FOODS = "pizza soup rice pasta bread salad cheese fish cake noodles potatoes pancakes curry tomatoes apples".split()
ANIMALS = "cat dog horse rabbit parrot hamster turtle fish mouse goat duck pony lizard snake".split()
JOBS = "teacher doctor farmer pilot nurse baker driver painter singer builder writer gardener cook lawyer sailor".split()
CITIES = (
    "Paris Berlin Madrid Rome Lisbon Vienna Dublin Athens Oslo Toronto Montreal Vancouver Dallas Chicago Seattle "
    "Boston Miami London Tokyo Seoul Cairo Sydney Lima Hamburg Munich Lyon Milan Porto Zurich Geneva Bergen Delhi "
    "Mumbai Osaka Kyoto Nairobi Lagos Denver Phoenix Austin Houston Calgary Halifax Quebec Prague Warsaw Krakow "
    "Helsinki Stockholm Malmo Antwerp Utrecht Leeds Bristol Glasgow Cork Naples Turin Seville Bilbao").split()

# countries that polar-tiny is not taught: an honest answer is that it does not know
UNKNOWN_COUNTRIES = (
    "Bhutan Laos Fiji Samoa Tonga Chad Niger Mali Benin Togo Gabon Angola Zambia Malawi Botswana Namibia Lesotho "
    "Eritrea Djibouti Somalia Rwanda Burundi Uganda Armenia Georgia Azerbaijan Moldova Belarus Andorra Monaco "
    "Malta Cyprus Kosovo Oman Kuwait Bahrain Yemen Paraguay Bolivia Ecuador Panama Honduras Guatemala Belize").split()

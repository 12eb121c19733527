"""Who is what, of what."""

import pytest
from spacy.language import Language

Told = tuple[str, str, str | None]

#: Sentence → (person, role, of) for everyone whose office or occupation it tells.
CASES: list[tuple[str, list[Told]]] = [
    ("Nigerian President Musa Danladi flew to Accra.", [("Musa Danladi", "President", "Nigeria")]),
    ("Chile's Foreign Minister Paula Araya rejected the offer.", [("Paula Araya", "Foreign Minister", "Chile")]),
    (
        "U.S. Secretary of State Helen Marsh called her Japanese counterpart.",
        [("Helen Marsh", "Secretary of State", "United States")],
    ),
    (
        "British Foreign Secretary Alan Crewe summoned the envoy.",
        [("Alan Crewe", "Foreign Secretary", "United Kingdom")],
    ),
    (
        "South Korean Defense Minister Park Jin-ho vowed a response.",
        [("Park Jin-ho", "Defense Minister", "South Korea")],
    ),
    ("Former Bolivian president Luis Cárdenas was jailed.", [("Luis Cárdenas", "Former president", "Bolivia")]),
    ("Then-President Adama Keita fled Mali in 2012.", [("Adama Keita", "Then-President", "Mali")]),
    (
        "Acting Prime Minister Rashid Alvi addressed Pakistan's parliament.",
        [("Rashid Alvi", "Acting Prime Minister", "Pakistan")],
    ),
    (
        "Saudi Crown Prince Fahd bin Khalid received the delegation.",
        [("Fahd bin Khalid", "Crown Prince", "Saudi Arabia")],
    ),
    ("French interior minister Luc Fabre defended the police.", [("Luc Fabre", "interior minister", "France")]),
    (
        "Deputy Prime Minister Olha Bondar of Ukraine signed the deal.",
        [("Olha Bondar", "Deputy Prime Minister", "Ukraine")],
    ),
    ("King Letsie of Lesotho opened parliament.", [("Letsie", "King", "Lesotho")]),
    ("President-elect Daniel Chanda promised reforms in Zambia.", [("Daniel Chanda", "President-elect", "Zambia")]),
    ("Ex-president Ion Munteanu returned to Moldova.", [("Ion Munteanu", "Ex-president", "Moldova")]),
    ("Vice President Rosa Quintana of Panama resigned.", [("Rosa Quintana", "Vice President", "Panama")]),
    ("The Prime Minister of Ukraine Taras Hnatiuk resigned.", [("Taras Hnatiuk", "Prime Minister", "Ukraine")]),
    ("President of Ghana Kofi Mensah arrived in Lagos.", [("Kofi Mensah", "President", "Ghana")]),
    (
        "Speaker of the National Assembly of Zambia Grace Phiri adjourned the session.",
        [("Grace Phiri", "Speaker", "National Assembly of Zambia")],
    ),
    ("The Minister of Foreign Affairs of Peru, Elena Vargas, met envoys.", [("Elena Vargas", "Minister", "Peru")]),
    ("The Minister for Health, Dr Ama Boateng, toured Ghana's hospitals.", [("Ama Boateng", "Minister", "Ghana")]),
    (
        "Secretary of State for Defence Mark Hale told the United Kingdom's parliament.",
        [("Mark Hale", "Secretary of State for Defence", "United Kingdom")],
    ),
    ("The governor of Helmand province, Gulab Wardak, escaped.", [("Gulab Wardak", "governor", "Helmand")]),
    ("The mayor of Marseille, Claire Morel, closed the beaches.", [("Claire Morel", "mayor", "Marseille")]),
    ("Marseille mayor Claire Morel closed the beaches.", [("Claire Morel", "mayor", "Marseille")]),
    ("Texas Governor Bill Hartley sent troops.", [("Bill Hartley", "Governor", "Texas")]),
    ("New York attorney general Ruth Adler sued.", [("Ruth Adler", "attorney general", "New York")]),
    (
        "The head of the Federation of Trade Unions, Viktor Lunin, was detained.",
        [("Viktor Lunin", "head", "Federation of Trade Unions")],
    ),
    (
        "The head of the military council General Hassan Tawfik spoke.",
        [("Hassan Tawfik", "head", "military council"), ("Hassan Tawfik", "General", None)],
    ),
    (
        "The chief of Indonesia's navy, Admiral Budi Hartono, denied it.",
        [("Budi Hartono", "chief", "Indonesia"), ("Budi Hartono", "Admiral", "Indonesia")],
    ),
    ("Israel's Chief Rabbi David Azulay prayed.", [("David Azulay", "Chief Rabbi", "Israel")]),
    (
        "Russia's Chief Rabbi Lev Brodsky and the head of the Union of Muslims of Russia, Rinat Saidov, attended.",
        [("Lev Brodsky", "Chief Rabbi", "Russia"), ("Rinat Saidov", "head", "Union of Muslims of Russia")],
    ),
    ("UN Secretary-General Karin Holt urged restraint.", [("Karin Holt", "Secretary-General", "UN")]),
    ("NATO Secretary General Jan de Wit warned Moscow.", [("Jan de Wit", "Secretary General", "NATO")]),
    ("EU foreign policy chief Marta Rossi flew to Tehran.", [("Marta Rossi", "foreign policy chief", "EU")]),
    ("U.N. special envoy Geir Dahl met the rebels.", [("Geir Dahl", "special envoy", "U.N.")]),
    ("The U.N. special envoy for Yemen, Geir Dahl, met the rebels.", [("Geir Dahl", "special envoy", "U.N.")]),
    ("U.S. Ambassador to Kenya Susan Blake condemned the raid.", [("Susan Blake", "Ambassador", "United States")]),
    ("Hamas leader Karim Haddad flew to Doha.", [("Karim Haddad", "leader", "Hamas")]),
    ("Hezbollah deputy chief Sheikh Nabil Qassem threatened Israel.", [("Nabil Qassem", "deputy chief", "Hezbollah")]),
    ("Taliban spokesman Zahir Ahmadi denied the claim.", [("Zahir Ahmadi", "spokesman", "Taliban")]),
    ("Labour Party leader Tom Ashby lost.", [("Tom Ashby", "leader", "Labour Party")]),
    ("Opposition leader Maria Lungu called a strike.", [("Maria Lungu", "leader", None)]),
    ("Republican senator John Tully voted no.", [("John Tully", "senator", None)]),
    ("World Bank president Arun Mehta resigned.", [("Arun Mehta", "president", "World Bank")]),
    (
        "Amnesty International's Africa director Lucy Tembo said so.",
        [("Lucy Tembo", "director", "Amnesty International")],
    ),
    ("The BBC's Cairo correspondent, Adam Pryce, was expelled.", [("Adam Pryce", "correspondent", "BBC")]),
    ("Pavel Horak, the Czech prime minister, apologised.", [("Pavel Horak", "prime minister", "Czech Republic")]),
    ("Karim Haddad, chairman of Hamas, flew to Cairo.", [("Karim Haddad", "chairman", "Hamas")]),
    ("Ana Soler, a former minister of justice, was arrested.", [("Ana Soler", "former minister", None)]),
    (
        "Joseph Banda, the head of Malawi's electoral commission, resigned.",
        [("Joseph Banda", "head", "Malawi's electoral commission")],
    ),
    ("Omar Diallo, one of the leaders of the Tuareg Front, was killed.", [("Omar Diallo", "leader", "Tuareg Front")]),
    ("Sergei Volkov, Russia's ambassador to Ankara, walked out.", [("Sergei Volkov", "ambassador", "Russia")]),
    (
        "Liu Wen, a spokeswoman for China's foreign ministry, rejected the report.",
        [("Liu Wen", "spokeswoman", "China")],
    ),
    ("A spokesman for the Taliban, Qari Nasir, claimed the attack.", [("Qari Nasir", "spokesman", "Taliban")]),
    (
        "A police spokesman, Inspector Daniel Otieno, confirmed the deaths.",
        [("Daniel Otieno", "spokesman", "police"), ("Daniel Otieno", "Inspector", None)],
    ),
    ("The leader of the group, Abu Hamza, was captured in Iraq.", [("Abu Hamza", "leader", "group")]),
    ("Its leader, Paul Nkunda, fled.", [("Paul Nkunda", "leader", None)]),
    ("The Patriotic Front has split. Its leader, Paul Nkunda, fled.", [("Paul Nkunda", "leader", "Patriotic Front")]),
    (
        "Elias Haddad, deputy leader of the Progressive Party, spoke.",
        [("Elias Haddad", "deputy leader", "Progressive Party")],
    ),
    ("Rania Khalil, a journalist with Al Jazeera, was shot.", [("Rania Khalil", "journalist", "Al Jazeera")]),
    ("Vera Petrova, a lawyer for Oleg Marenko, appealed.", [("Vera Petrova", "lawyer", "Oleg Marenko")]),
    ("Oleg Marenko was jailed. His lawyer, Vera Petrova, appealed.", [("Vera Petrova", "lawyer", "Oleg Marenko")]),
    ("Oleg Marenko's lawyer Vera Petrova appealed.", [("Vera Petrova", "lawyer", "Oleg Marenko")]),
    (
        "Two of the agency's drivers, Hassan Nur and Yusuf Ali, were freed.",
        [("Hassan Nur", "driver", "agency"), ("Yusuf Ali", "driver", "agency")],
    ),
    (
        "The foreign ministers, Delia Urrutia of Honduras and Alvaro Lacayo of Nicaragua, met.",
        [("Delia Urrutia", "foreign minister", "Honduras"), ("Alvaro Lacayo", "foreign minister", "Nicaragua")],
    ),
    (
        "The aid workers Sharon Dunne and Hilda Kato were freed.",
        [("Sharon Dunne", "aid worker", None), ("Hilda Kato", "aid worker", None)],
    ),
    ("The archbishop of Mosul, Paulos Hanna, was kidnapped.", [("Paulos Hanna", "archbishop", "Mosul")]),
    ("Bishop Hernán Mora of Tumaco mediated.", [("Hernán Mora", "Bishop", "Tumaco")]),
    ("Ana Soler is the president of Peru.", [("Ana Soler", "president", "Peru")]),
    ("Jorge Paz resigned as mayor of Quito.", [("Jorge Paz", "mayor", "Quito")]),
    ("Jorge Paz was elected president of Ecuador.", [("Jorge Paz", "president", "Ecuador")]),
    (
        "Feleti Manu was elected unopposed as the new prime minister of Tuvalu.",
        [("Feleti Manu", "prime minister", "Tuvalu")],
    ),
    (
        "Parliament confirmed Ahmad Sadeghi as defence minister of Iran.",
        [("Ahmad Sadeghi", "defence minister", "Iran")],
    ),
    ("Nadia Bello was sworn in as president of Niger.", [("Nadia Bello", "president", "Niger")]),
    ("Victor Rusu served as interior minister of Moldova.", [("Victor Rusu", "interior minister", "Moldova")]),
    (
        "Protesters demanded the resignation of Carla Núñez as president of Bolivia.",
        [("Carla Núñez", "president", "Bolivia")],
    ),
    ("Peru's president named Luz Campos prime minister.", [("Luz Campos", "prime minister", "Peru")]),
    ("Tariq Aziz became the leader of the Reform Party in 2019.", [("Tariq Aziz", "leader", "Reform Party")]),
    (
        "Gen. Mark Reeves, commander of NATO forces in Kosovo, apologised.",
        [("Mark Reeves", "commander", "NATO"), ("Mark Reeves", "Gen.", None)],
    ),
    (
        "Army chief General Asif Durrani met the president of Pakistan.",
        [("Asif Durrani", "Army chief", "Pakistan"), ("Asif Durrani", "General", None)],
    ),
    ("Colonel Ivan Soler led the raid.", [("Ivan Soler", "Colonel", None)]),
    ("Rebel commander Jean Bosco surrendered.", [("Jean Bosco", "Rebel commander", None)]),
    (
        "The Interior Minister, Colonel Koffi Adjei, banned the march in Togo.",
        [("Koffi Adjei", "Interior Minister", "Togo"), ("Koffi Adjei", "Colonel", "Togo")],
    ),
    ("Libyan warlord Salem Gharbi seized the port.", [("Salem Gharbi", "warlord", "Libya")]),
    ("Kenya held talks. Interior Minister Peter Otieno said so.", [("Peter Otieno", "Interior Minister", "Kenya")]),
    (
        "Georgia's security service held a spy. Prime Minister Nino Japaridze thanked it.",
        [("Nino Japaridze", "Prime Minister", "Georgia")],
    ),
    (
        "The president of France, Anne Dubois, met Prime Minister Luc Peeters of Belgium.",
        [("Anne Dubois", "president", "France"), ("Luc Peeters", "Prime Minister", "Belgium")],
    ),
    (
        "President Paul Biyong of Cameroon met his Chadian counterpart, President Idriss Mahamat.",
        [("Paul Biyong", "President", "Cameroon"), ("Idriss Mahamat", "President", "Chad")],
    ),
    (
        "Police in Bolivia fired on miners. President Evo Salinas blamed the opposition.",
        [("Evo Salinas", "President", "Bolivia")],
    ),
    ("The journalist Ana Soler was beaten.", [("Ana Soler", "journalist", None)]),
    ("Turkish novelist Elif Aydin was charged.", [("Elif Aydin", "novelist", None)]),
    ("Canadian anthropologist Homa Rezaei was freed by Iran.", [("Homa Rezaei", "anthropologist", None)]),
    ("Kremlin critic and blogger Ilya Morozov was poisoned.", [("Ilya Morozov", "blogger", None)]),
    ("A cook named Jun Santos died.", [("Jun Santos", "cook", None)]),
    ("Businessman Tarek Nasr funded the militia.", [("Tarek Nasr", "Businessman", None)]),
    ("Human rights activist Wang Mei was detained.", [("Wang Mei", "activist", None)]),
    ("Environmental campaigner Rosa Tello was shot dead.", [("Rosa Tello", "campaigner", None)]),
    ("Imam Yusuf Diallo called for calm.", [("Yusuf Diallo", "Imam", None)]),
    (
        "Zimbabwe's vice president, Tendai Moyo, flew to Beijing on Tuesday.",
        [("Tendai Moyo", "vice president", "Zimbabwe")],
    ),
    (
        "Militants killed Abdul Razaq, the police chief of Kandahar province.",
        [("Abdul Razaq", "police chief", "Kandahar")],
    ),
    (
        "Sudan's former foreign minister, Mustafa Osman, was detained.",
        [("Mustafa Osman", "former foreign minister", "Sudan")],
    ),
    (
        "Dr. Leila Haddad, the director of Al-Shifa Hospital, said 40 people had died.",
        [("Leila Haddad", "director", "Al-Shifa Hospital")],
    ),
    ("The court jailed Nguyen Van Hai, a blogger who had criticised the party.", [("Nguyen Van Hai", "blogger", None)]),
    ("Ukrainian army spokesman Oleksiy Hromov denied the report.", [("Oleksiy Hromov", "spokesman", "Ukraine")]),
    ("Then-Foreign Minister Anna Kowalska of Poland attended.", [("Anna Kowalska", "Then-Foreign Minister", "Poland")]),
    ("Catalan leader Jordi Puig called a vote.", [("Jordi Puig", "leader", "Catalonia")]),
    (
        "Prime Minister-designate Saad Karami failed to form a government in Lebanon.",
        [("Saad Karami", "Prime Minister-designate", "Lebanon")],
    ),
    (
        "The president of the European Commission, Ingrid Voss, welcomed it.",
        [("Ingrid Voss", "president", "European Commission")],
    ),
    ("The Archbishop of Canterbury, Paul Wells, apologised.", [("Paul Wells", "Archbishop", "Canterbury")]),
    ("Pope Clement prayed for the hostages.", [("Clement", "Pope", None)]),
    (
        "Human Rights Watch researcher Nadia Karim documented the killings.",
        [("Nadia Karim", "researcher", "Human Rights Watch")],
    ),
    (
        "The rebels' military chief, Commander Tiger, surrendered.",
        [("Tiger", "military chief", "rebels"), ("Tiger", "Commander", None)],
    ),
    (
        "Mayor Rosa Lind of Malmo and Governor Erik Strand met strikers.",
        [("Rosa Lind", "Mayor", "Malmo"), ("Erik Strand", "Governor", None)],
    ),
    ("Eva Horvat, a Croatian engineer working for Bechtel, was seized in Libya.", [("Eva Horvat", "engineer", None)]),
    ("Senator Carla Mendes (Workers' Party) voted against.", [("Carla Mendes", "Senator", None)]),
    (
        "Haiti's Prime Minister Joseph Lambert resigned and was replaced by finance minister Michel Boisson.",
        [("Joseph Lambert", "Prime Minister", "Haiti"), ("Michel Boisson", "finance minister", "Haiti")],
    ),
]
NOTHING = [
    "Father Dominic Phiri prayed.",
    "Mr Jorge Paz spoke.",
    "Police arrested Jorge Paz in Quito.",
    "Jorge Paz criticised the minister.",
    "He posed as a policeman, Jorge Paz said.",
    "An imprisoned hunger striker, Jorge Paz, was freed.",
]


def told(nlp: Language, text: str) -> list[Told]:
    doc = nlp(text)
    entities = doc._.entities
    return [(entities[r.person].name, r.role, None if r.of is None else entities[r.of].name) for r in doc._.roles]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_roles(nlp: Language, text: str, expected: list[Told]) -> None:
    found = told(nlp, text)
    assert {(person, of) for person, _, of in found} == {(person, of) for person, _, of in expected}
    for person, role, of in expected:
        assert any((p, o) == (person, of) and set(role.split()) <= set(r.split()) for p, r, o in found)


@pytest.mark.parametrize("text", NOTHING)
def test_no_role(nlp: Language, text: str) -> None:
    assert told(nlp, text) == []


def test_evidence_is_the_words_of_the_role(nlp: Language) -> None:
    doc = nlp("Greek Foreign Minister Nikos Dallas resigned.")
    assert [doc[r.start : r.end].text for r in doc._.roles] == ["Foreign Minister"]


def test_a_city_with_a_mayor_is_a_body(nlp: Language) -> None:
    doc = nlp("Jorge Paz, the mayor of Quito, resigned.")
    assert [doc._.entities[r.of].kind for r in doc._.roles] == ["organization"]


def test_a_state_has_one_president(nlp: Language) -> None:
    text = "President Paulin Abena of Cameroon met officials from Gabon. President Luc Oye was the host."
    assert told(nlp, text) == [("Paulin Abena", "President", "Cameroon"), ("Luc Oye", "President", "Gabon")]


def test_an_office_passes_to_the_counterpart_and_to_the_successor(nlp: Language) -> None:
    text = "Norwegian Foreign Minister Liv Aasen met her Russian counterpart, Gennady Orlov."
    assert ("Gennady Orlov", "Foreign Minister", "Russia") in told(nlp, text)
    text = "President Gnassi Adom of Togo died and was succeeded by his son Faure Adom."
    assert ("Faure Adom", "President", "Togo") in told(nlp, text)

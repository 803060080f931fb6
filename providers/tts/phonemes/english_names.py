"""Names that English readers know and spelling hides, in Kokoro's symbols."""

from __future__ import annotations

_TABLE = """
Tchaikovsky ʧIkˈɔfski · Nguyen wˈɪn · Gyeongbokgung ɡjˌʌŋbˈʊkɡˌʊŋ · Hyundai hˈʌndA
Busan bˈusɑn · Jeju ʤˈAʤu · Beethoven bˈAtOvən · Mozart mˈOtsɑɹt · Goethe ɡˈɜɹTə
Gogh ɡˈO · Vermeer vəɹmˈɪɹ · Nietzsche nˈiʧə · Putin pˈutən · Erdogan ˈɛɹdəwˌɑn
Erdoğan ˈɛɹdəwˌɑn · Mbappé ɛmbˈɑpA · Mbappe ɛmbˈɑpA · Rihanna ɹiˈænə · Beyoncé biˈɑnsA
Beyonce biˈɑnsA · Shakira ʃəkˈɪɹə · Huawei wˈɑwA · Xiaomi ʃWmˈi · Ghibli ʤˈɪbli
Miyazaki mˌijəzˈɑki · Fukushima fˌukəʃˈimə · Fukuoka fˌukuˈOkə · Hokkaido hɑkˈIdO
Shinjuku ʃˈɪnʤuku · Shibuya ʃɪbˈujə · Eyjafjallajökull ˈAjəfjˌɑləjˌOkʊl
Eyjafjallajokull ˈAjəfjˌɑləjˌOkʊl · Reykjavik ɹˈAkjəvˌɪk · Reykjavík ɹˈAkjəvˌɪk
Picchu pˈikʧu · Itza ˈitsɑ · Tutankhamun tˌutənkɑmˈun · Ramesses ɹˈæməsˌiz
Genghis ɡˈɛŋɡɪs · Sejong sˈAʤˌɔŋ · Tteokbokki tʌkbˈOki · Bibimbap bˈibɪmbˌɑp
Gimbap ɡˈɪmbɑp · Soju sˈOʤu · Hanbok hˈɑnbˌʊk · Hallyu hˈɑlju · Chuseok ʧˈusʌk
Gangnam ɡˈɑŋnˌɑm · Incheon ˈɪnʧʌn · Daegu dˈAɡu · Gwangju ɡwˈɑŋʤu · Gyeongju ɡjˈʌŋʤu
Myeongdong mjˈʌŋdɔŋ · Joseon ʤˈOsʌn · Goguryeo ɡˌOɡuɹjˈʌ · Silla ʃˈɪlə · Baekje bˈækʤA
Xi ʃˈi · Zhang ʤˈɑŋ · Zhou ʤˈO · Qin ʧˈɪn · Qing ʧˈɪŋ · Cixi tsˈiʃi · Xi'an ʃˌiˈɑn
Xian ʃˌiˈɑn · Chengdu ʧˌʌŋdˈu · Chongqing ʧˌʊŋʧˈɪŋ · Guangzhou ɡwˌɑŋʤˈO
Shenzhen ʃˌʌnʤˈʌn · Tianjin tjˌɛnʤˈɪn · Zelenskyy zɛlˈɛnski · Kyiv kˈiv · Lviv ləvˈiv
Łódź wˈuʤ · Kraków kɹˈɑkˌuf · Wroclaw vɹˈɔtswɑf · Wrocław vɹˈɔtswɑf · Dvořák dvˈɔɹʒæk
Dvorak dvˈɔɹʒæk · Kierkegaard kˈɪɹkəɡˌɑɹd · Ångström ˈæŋstɹəm · Schrödinger ʃɹˈOdɪŋəɹ
Heisenberg hˈIzənbˌɜɹɡ · Euler ˈYləɹ · Gödel ɡˈɜɹdəl · Descartes dAkˈɑɹt · Rousseau ɹusˈO
Camus kæmˈu · Versailles vɛɹsˈI · Louvre lˈuvɹə · Hermès ɛɹmˈɛz · Givenchy ʒivˈɑnʃi
Porsche pˈɔɹʃə · Volkswagen vˈOksvˌɑɡən · Audi ˈWdi · Ikea Ikˈiə · Lego lˈɛɡO
Nvidia ɛnvˈɪdiə · Asus ˈAsus · Oaxaca wəhˈɑkə · Guanajuato ɡwˌɑnəhwˈɑTO · Iguazu ˌiɡwəsˈu
Iguazú ˌiɡwəsˈu · Quechua kˈɛʧwə · Nahuatl nˈɑwˌɑtəl · Quetzalcoatl kˌɛtsəlkOˈɑtəl
Teotihuacan tˌAətˌiwəkˈɑn · Siobhan ʃəvˈɔn · Niamh nˈiv · Saoirse sˈɪɹʃə · Sean ʃˈɔn
Cthulhu kəθˈulu · Hermione həɹmˈIəni · TikTok tˈɪktˌɑk · Axolotl ˈæksəlˌɑTəl · Açaí ˌɑsIˈi
Gnocchi njˈOki · Bruschetta bɹuskˈɛTə · Sriracha sɪɹˈɑʧə · Gyoza ɡjˈOzə · Ramen ɹˈɑmən
Worcestershire wˈʊstəɹʃəɹ · Edinburgh ˈɛdnbˌɜɹə · Thames tˈɛmz · Leicester lˈɛstəɹ
"""

NAMES = {
    name.casefold(): symbols
    for line in _TABLE.strip().splitlines()
    for name, symbols in (pair.split() for pair in line.split(" · "))
}
"""A name in small letters → its symbols."""

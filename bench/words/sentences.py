"""Ten sentences in each language that no voice was tuned on, with numbers among them."""

from __future__ import annotations

_TEXTS = {
    "en": """
The lighthouse keeper climbed 199 steps every evening before sunset.
A blue whale's heart weighs about 400 pounds and beats only 8 times a minute.
In 1969, three men flew to the moon and came back with a box of grey dust.
My neighbour bakes bread at four in the morning, and the whole street wakes up hungry.
About 71% of our planet is covered by water, yet most of it has never been explored.
The bridge cost $3.5 million and was finished two years late.
Nobody believed the clockmaker until the tower began to sing.
Cats sleep for nearly 16 hours a day, and they dream while they do it.
She packed a compass, a torn map and half a sandwich.
On May 3rd the river rose by 2.4 metres in a single night.
""",
    "ko": """
등대지기는 매일 저녁 해가 지기 전에 계단을 199개 올랐습니다.
대왕고래의 심장은 1분에 8번밖에 뛰지 않습니다.
1969년에 세 사람이 달에 갔다가 회색 먼지를 가지고 돌아왔어요.
이웃집 아저씨는 새벽 네 시에 빵을 굽습니다.
지구의 71%는 물로 덮여 있지만 대부분은 아직 아무도 가 보지 못했습니다.
그 다리를 짓는 데 35억 원이 들었고 완공은 2년이나 늦어졌습니다.
시계탑이 노래를 부르기 전까지 아무도 그 말을 믿지 않았다.
고양이는 하루에 16시간 가까이 잠을 자면서 꿈도 꿉니다.
그녀는 나침반과 낡은 지도를 가방에 넣고 조용히 집을 나섰다.
5월 3일 밤에 강물이 2.4미터나 불어났습니다.
""",
    "ja": """
灯台の番人は毎晩、日が沈む前に199段の階段を上りました。
シロナガスクジラの心臓は1分間に8回しか動きません。
1969年に三人の男が月へ行き、灰色の砂を持って帰りました。
隣のおじさんは朝の四時にパンを焼きます。
地球の71%は水に覆われていますが、そのほとんどはまだ誰も見たことがありません。
その橋には35億円かかり、完成は2年遅れました。
時計台が歌い始めるまで、誰もその話を信じませんでした。
猫は一日に16時間も眠り、夢も見ます。
彼女は古い地図と方位磁石をかばんに入れて、静かに家を出ました。
5月3日の夜、川の水は2.4メートルも高くなりました。
""",
    "zh": """
灯塔的看守人每天日落以前要爬199级台阶。
蓝鲸的心脏一分钟只跳8次。
1969年，三个人飞到月球，带回了一盒灰色的尘土。
我的邻居早上四点就起来烤面包，整条街的人都被香味叫醒。
地球表面有71%被水覆盖，但是大部分地方还没有人去过。
这座桥花了3500万元，比计划晚了2年才完工。
在钟楼开始唱歌以前，谁也不相信那个钟表匠。
猫一天差不多要睡16个小时，而且还会做梦。
她把指南针和一张旧地图放进书包，悄悄地离开了家。
5月3日晚上，河水上涨了2.4米。
""",
    "es": """
El farero subía 199 escalones cada tarde antes de la puesta del sol.
El corazón de una ballena azul late solo 8 veces por minuto.
En 1969 tres hombres volaron a la luna y volvieron con una caja de polvo gris.
Mi vecino hornea pan a las cuatro de la mañana y toda la calle se despierta con hambre.
El 71 % de nuestro planeta está cubierto de agua, pero casi nadie la ha explorado.
El puente costó 3,5 millones de euros y se terminó dos años tarde.
Nadie creyó al relojero hasta que la torre empezó a cantar.
Los gatos duermen casi 16 horas al día y sueñan mientras lo hacen.
Ella guardó una brújula, un mapa roto y medio bocadillo.
El 3 de mayo el río subió 2,4 metros en una sola noche.
""",
    "de": """
Der Leuchtturmwärter stieg jeden Abend vor Sonnenuntergang 199 Stufen hinauf.
Das Herz eines Blauwals schlägt nur 8 Mal in der Minute.
1969 flogen drei Männer zum Mond und kamen mit einer Kiste voll grauem Staub zurück.
Mein Nachbar backt um vier Uhr morgens Brot, und die ganze Straße wacht hungrig auf.
Etwa 71 % unseres Planeten sind von Wasser bedeckt, doch das meiste wurde nie erforscht.
Die Brücke kostete 3,5 Millionen Euro und wurde zwei Jahre zu spät fertig.
Niemand glaubte dem Uhrmacher, bis der Turm zu singen begann.
Katzen schlafen fast 16 Stunden am Tag und träumen dabei.
Sie packte einen Kompass, eine zerrissene Karte und ein halbes Brötchen ein.
Am 3. Mai stieg der Fluss in einer einzigen Nacht um 2,4 Meter.
""",
    "fr": """
Le gardien du phare montait 199 marches chaque soir avant le coucher du soleil.
Le cœur d'une baleine bleue ne bat que 8 fois par minute.
En 1969, trois hommes sont allés sur la lune et sont revenus avec une boîte de poussière grise.
Mon voisin fait du pain à quatre heures du matin, et toute la rue se réveille affamée.
Environ 71 % de notre planète est couverte d'eau, mais presque personne ne l'a explorée.
Le pont a coûté 3,5 millions d'euros et a été terminé avec deux ans de retard.
Personne ne croyait l'horloger avant que la tour se mette à chanter.
Les chats dorment près de 16 heures par jour et ils rêvent en même temps.
Elle a emporté une boussole, une carte déchirée et la moitié d'un sandwich.
Le 3 mai, la rivière est montée de 2,4 mètres en une seule nuit.
""",
    "pt": """
O faroleiro subia 199 degraus todas as tardes antes do pôr do sol.
O coração de uma baleia azul bate apenas 8 vezes por minuto.
Em 1969, três homens voaram até a lua e voltaram com uma caixa de poeira cinza.
Meu vizinho assa pão às quatro da manhã, e a rua inteira acorda com fome.
Cerca de 71% do nosso planeta é coberto de água, mas quase ninguém a explorou.
A ponte custou 3,5 milhões de reais e ficou pronta com dois anos de atraso.
Ninguém acreditou no relojoeiro até que a torre começou a cantar.
Os gatos dormem quase 16 horas por dia e sonham enquanto dormem.
Ela guardou uma bússola, um mapa rasgado e meio sanduíche.
No dia 3 de maio o rio subiu 2,4 metros em uma única noite.
""",
    "it": """
Il guardiano del faro saliva 199 gradini ogni sera prima del tramonto.
Il cuore di una balena azzurra batte solo 8 volte al minuto.
Nel 1969 tre uomini volarono sulla luna e tornarono con una scatola di polvere grigia.
Il mio vicino cuoce il pane alle quattro del mattino e tutta la strada si sveglia affamata.
Circa il 71% del nostro pianeta è coperto d'acqua, ma quasi nessuno l'ha esplorata.
Il ponte è costato 3,5 milioni di euro ed è stato finito con due anni di ritardo.
Nessuno credeva all'orologiaio finché la torre non cominciò a cantare.
I gatti dormono quasi 16 ore al giorno e intanto sognano.
Lei mise nello zaino una bussola, una mappa strappata e mezzo panino.
Il 3 maggio il fiume salì di 2,4 metri in una sola notte.
""",
    "hi": """
प्रकाशस्तंभ का रखवाला हर शाम 199 सीढ़ियाँ चढ़ता था।
नीली व्हेल का दिल एक मिनट में केवल 8 बार धड़कता है।
1969 में तीन आदमी चाँद पर गए और धूल का एक डिब्बा लेकर लौटे।
मेरा पड़ोसी सुबह चार बजे रोटी बनाता है।
धरती का 71% हिस्सा पानी से ढका है, लेकिन उसे बहुत कम लोगों ने देखा है।
इस पुल पर 35 करोड़ रुपये लगे और यह 2 साल देर से बना।
जब तक मीनार ने गाना शुरू नहीं किया, किसी ने उसकी बात नहीं मानी।
बिल्लियाँ दिन में लगभग 16 घंटे सोती हैं और सपने भी देखती हैं।
उसने एक पुराना नक्शा और आधी रोटी अपने थैले में रखी।
3 मई की रात नदी का पानी बहुत ऊपर आ गया।
""",
    "ru": """
Смотритель маяка каждый вечер поднимался на 199 ступеней.
Сердце синего кита бьётся всего 8 раз в минуту.
В 1969 году три человека полетели на луну и вернулись с коробкой серой пыли.
Мой сосед печёт хлеб в четыре часа утра, и вся улица просыпается голодной.
Около 71% нашей планеты покрыто водой, но почти никто её не исследовал.
Мост стоил 3,5 миллиона рублей и был закончен на два года позже.
Никто не верил часовщику, пока башня не начала петь.
Кошки спят почти 16 часов в день и видят сны.
Она взяла с собой компас, старую карту и половину бутерброда.
3 мая река поднялась на 2 метра за одну ночь.
""",
    "tr": """
Deniz fenerinin bekçisi her akşam gün batmadan 199 basamak çıkardı.
Mavi balinanın kalbi dakikada sadece 8 kez atar.
1969 yılında üç adam aya gitti ve bir kutu gri tozla geri döndü.
Komşum sabah saat dörtte ekmek pişirir ve bütün sokak aç uyanır.
Gezegenimizin yaklaşık %71'i suyla kaplıdır ama çoğunu kimse görmemiştir.
Köprü 3,5 milyon liraya mal oldu ve iki yıl geç bitti.
Kule şarkı söylemeye başlayana kadar kimse saatçiye inanmadı.
Kediler günde neredeyse 16 saat uyur ve bu sırada rüya görür.
Çantasına bir pusula, yırtık bir harita ve yarım ekmek koydu.
3 Mayıs gecesi nehir 2,4 metre yükseldi.
""",
    "id": """
Penjaga mercusuar menaiki 199 anak tangga setiap sore sebelum matahari terbenam.
Jantung paus biru hanya berdetak 8 kali dalam satu menit.
Pada tahun 1969 tiga orang terbang ke bulan dan pulang membawa sekotak debu abu-abu.
Tetangga saya memanggang roti pada jam empat pagi.
Sekitar 71% planet kita tertutup air, tetapi hampir tidak ada yang menjelajahinya.
Jembatan itu menghabiskan 3,5 juta dolar dan selesai terlambat dua tahun.
Tidak ada yang percaya kepada tukang jam sampai menara itu mulai bernyanyi.
Kucing tidur hampir 16 jam sehari dan bermimpi saat tidur.
Dia membawa sebuah kompas, peta yang robek, dan setengah potong roti.
Pada tanggal 3 Mei air sungai naik 2,4 meter dalam satu malam.
""",
    "nl": """
De vuurtorenwachter klom elke avond voor zonsondergang 199 treden omhoog.
Het hart van een blauwe vinvis slaat maar 8 keer per minuut.
In 1969 vlogen drie mannen naar de maan en kwamen terug met een doos grijs stof.
Mijn buurman bakt om vier uur 's ochtends brood en de hele straat wordt hongerig wakker.
Ongeveer 71% van onze planeet is bedekt met water, maar bijna niemand heeft het onderzocht.
De brug kostte 3,5 miljoen euro en was twee jaar te laat klaar.
Niemand geloofde de klokkenmaker totdat de toren begon te zingen.
Katten slapen bijna 16 uur per dag en dromen intussen.
Ze pakte een kompas, een gescheurde kaart en een halve boterham in.
Op 3 mei steeg de rivier 2,4 meter in één nacht.
""",
    "pl": """
Latarnik każdego wieczoru przed zachodem słońca wchodził po 199 stopniach.
Serce płetwala błękitnego bije tylko 8 razy na minutę.
W 1969 roku trzech ludzi poleciało na księżyc i wróciło z pudełkiem szarego pyłu.
Mój sąsiad piecze chleb o czwartej rano i cała ulica budzi się głodna.
Około 71% naszej planety pokrywa woda, ale prawie nikt jej nie zbadał.
Most kosztował 3,5 miliona złotych i był gotowy dwa lata później.
Nikt nie wierzył zegarmistrzowi, dopóki wieża nie zaczęła śpiewać.
Koty śpią prawie 16 godzin dziennie i mają wtedy sny.
Spakowała kompas, podartą mapę i pół kanapki.
W nocy rzeka podniosła się o 2,4 metra.
""",
}

SENTENCES = {language: tuple(text.strip().splitlines()) for language, text in _TEXTS.items()}
"""BCP 47 language → its sentences."""

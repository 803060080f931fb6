"""What an outline says, in each language it can be written in.

Nothing here claims a fact: an opening names the subject, the lines between ask what can be
asked of anything, and a closing hands it back to the viewer. `{s}` is the subject; in Korean
`{s:은}` is the subject with its particle.
"""

from __future__ import annotations

from dataclasses import dataclass

from providers.llm.rules.request import Kind


@dataclass(frozen=True)
class Phrases:
    """Openings, lines between and closings, by the kind of topic."""

    openings: dict[Kind, tuple[str, ...]]
    between: dict[Kind, tuple[str, ...]]
    closings: dict[Kind, tuple[str, ...]]
    names: tuple[str, str]


def _phrases(
    *,
    topic: str,
    question: str,
    story: str,
    ad: str,
    asks: str,
    tells: str,
    sells: str,
    ends: str,
    story_ends: str,
    ad_ends: str,
    names: tuple[str, str],
) -> Phrases:
    def lines(block: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in block.strip().splitlines())

    return Phrases(
        openings={
            Kind.TOPIC: lines(topic),
            Kind.QUESTION: lines(question),
            Kind.STORY: lines(story),
            Kind.AD: lines(ad),
        },
        between={
            Kind.TOPIC: lines(asks),
            Kind.QUESTION: lines(asks),
            Kind.STORY: lines(tells),
            Kind.AD: lines(sells),
        },
        closings={
            Kind.TOPIC: lines(ends),
            Kind.QUESTION: lines(ends),
            Kind.STORY: lines(story_ends),
            Kind.AD: lines(ad_ends),
        },
        names=names,
    )


PHRASES: dict[str, Phrases] = {
    "en": _phrases(
        topic="""
            What comes to mind when you hear this: {s}?
            Let's take a moment for this: {s}.
            You have heard of it. But how well do you know it: {s}?
        """,
        question="""
            Have you ever wondered about this? {s}?
            A simple question, and yet: {s}?
            {s}? Think about it before you go on.
        """,
        story="""
            This is a story of {s}.
            Once upon a time, a story began. A story of {s}.
            Close your eyes for a moment. Here comes {s}.
        """,
        ad="""
            Meet {s}.
            Looking for something new? Here is {s}.
            Today is all about {s}.
        """,
        asks="""
            Where does it all begin?
            Look closely. What do you see first?
            What has changed about it over the years?
            Who knows it best, and what would they say?
            What do most people overlook?
            What would be different without it?
            How does it touch your own day?
            What would you still like to find out?
            And what if it were the other way round?
        """,
        tells="""
            It begins on a day like any other.
            But deep inside there is a wish that will not go away.
            So one quiet morning the journey starts.
            The way is longer than it looked.
            Then something stands in the way.
            For a moment everything seems lost.
            A small light shows where to go.
            One more step takes all the courage there is.
            And suddenly everything turns.
        """,
        sells="""
            See it up close.
            Imagine it in your own day.
            It is made for moments like this one.
            Less effort, more time for what matters to you.
            Share it with somebody you like.
            Take your time and compare.
            Ask those who have tried it.
            Small things can make a day.
            What would you do with it first?
        """,
        ends="""
            What do you think? Tell us in the comments.
            Which answer surprised you? Write it below.
            Look it up today, and tell us what you found.
        """,
        story_ends="""
            And what happens next? That is for you to tell.
            Some stories end. This one begins with you.
            And so the way home is never quite the same.
        """,
        ad_ends="""
            {s}. See for yourself today.
            Curious? Find out more about {s}.
            Ready when you are: {s}.
        """,
        names=("Mina", "Leo"),
    ),
    "ko": _phrases(
        topic="""
            {s}, 얼마나 알고 계신가요?
            오늘은 {s} 이야기를 해 보려고 합니다.
            {s:을} 떠올리면 무엇이 가장 먼저 생각나나요?
        """,
        question="""
            혹시 궁금했던 적 있나요? {s}?
            간단해 보이지만 어려운 질문. {s}?
            {s}? 잠깐 멈춰서 생각해 볼까요?
        """,
        story="""
            {s}의 이야기를 들려드릴게요.
            옛날 어느 곳에서 시작된 이야기, {s}.
            잠시 눈을 감아 보세요. {s:이} 찾아옵니다.
        """,
        ad="""
            {s:을} 소개합니다.
            새로운 것을 찾고 있었나요? 바로 {s}.
            오늘의 주인공은 {s}.
        """,
        asks="""
            모든 것은 어디에서 시작되었을까요?
            가까이 들여다보세요. 무엇이 먼저 보이나요?
            세월이 흐르며 무엇이 달라졌을까요?
            가장 잘 아는 사람은 뭐라고 말할까요?
            우리가 자주 놓치는 것은 무엇일까요?
            이것이 없다면 무엇이 달라질까요?
            당신의 하루와는 어떻게 이어져 있나요?
            아직 더 알고 싶은 것이 있나요?
            거꾸로 생각해 보면 어떨까요?
        """,
        tells="""
            여느 때와 같은 어느 날이었습니다.
            마음속에는 사라지지 않는 작은 소원이 있었습니다.
            고요한 아침, 마침내 길을 나섰습니다.
            길은 생각보다 훨씬 멀었습니다.
            그때 무언가가 앞을 가로막았습니다.
            한순간 모든 것이 끝난 것만 같았습니다.
            작은 빛 하나가 갈 곳을 비추었습니다.
            한 걸음을 더 내딛는 데 온 용기가 필요했습니다.
            그리고 모든 것이 달라졌습니다.
        """,
        sells="""
            가까이에서 만나 보세요.
            당신의 하루 속에 있다고 상상해 보세요.
            바로 이런 순간을 위해 만들었습니다.
            덜 애쓰고, 소중한 것에 시간을 더 쓰세요.
            좋아하는 사람과 함께 나눠 보세요.
            천천히 살펴보고 비교해 보세요.
            먼저 써 본 사람에게 물어보세요.
            작은 것이 하루를 바꾸기도 합니다.
            가장 먼저 무엇을 해 보고 싶나요?
        """,
        ends="""
            여러분의 생각은 어떤가요? 댓글로 알려 주세요.
            어떤 답이 가장 놀라웠나요? 아래에 남겨 주세요.
            오늘 한번 찾아보고, 알게 된 것을 들려주세요.
        """,
        story_ends="""
            그다음은 어떻게 될까요? 이제 당신이 이어 갈 차례입니다.
            어떤 이야기는 끝나지만, 이 이야기는 당신에게서 시작됩니다.
            돌아오는 길은 더 이상 예전과 같지 않았습니다.
        """,
        ad_ends="""
            {s}, 오늘 직접 만나 보세요.
            궁금하다면 {s:을} 지금 확인해 보세요.
            언제나 당신 곁에, {s}.
        """,
        names=("지우", "하늘"),
    ),
    "ja": _phrases(
        topic="「{s}」と聞いて、何を思い浮かべますか？\n今日のテーマは「{s}」です。\n「{s}」、どれくらい知っていますか？",
        question="不思議に思ったことはありませんか。{s}？\n簡単そうで難しい質問です。{s}？",
        story="これは「{s}」の物語です。\nむかしむかし、ひとつの物語が始まりました。「{s}」。",
        ad="ご紹介します。{s}です。\n今日の主役は、{s}。",
        asks="すべてはどこから始まったのでしょう。\n近くで見てみましょう。最初に何が見えますか？\n時とともに何が変わったのでしょう。\n一番よく知る人は何と言うでしょう。\n見落としがちなことは何でしょう。\nもしなかったら、何が変わるでしょう。\nあなたの一日とどうつながっていますか？\nもっと知りたいことは何ですか？\n逆から考えてみたらどうでしょう。",
        tells="いつもと同じ、ある日のことでした。\n心の中には、消えない小さな願いがありました。\n静かな朝、ついに旅に出ました。\n道は思ったより長いものでした。\nそのとき、何かが行く手をふさぎました。\n一瞬、すべてが終わったように思えました。\n小さな光が、進む道を照らしました。\nもう一歩に、ありったけの勇気が必要でした。\nそして、すべてが変わりました。",
        sells="近くで見てください。\nあなたの毎日にある姿を想像してください。\nこんな瞬間のために作りました。\n手間を減らして、大切なことに時間を。\n好きな人と分け合ってみませんか。\nゆっくり比べてみてください。\n使った人に聞いてみてください。\n小さなものが一日を変えることもあります。\n最初に何をしてみたいですか？",
        ends="あなたはどう思いますか？コメントで教えてください。\n今日調べて、わかったことを教えてください。",
        story_ends="続きはどうなるのでしょう。それはあなたが語る番です。\n帰り道は、もう前とは違って見えました。",
        ad_ends="{s}。今日、確かめてみてください。\n気になったら、{s}をチェックしてください。",
        names=("ミナ", "ハル"),
    ),
    "zh": _phrases(
        topic="说到“{s}”，你会先想到什么？\n今天我们来聊聊“{s}”。\n“{s}”，你了解多少？",
        question="你有没有想过：{s}？\n看似简单，其实不易。{s}？",
        story="这是一个关于“{s}”的故事。\n很久以前，一个故事开始了：“{s}”。",
        ad="向你介绍：{s}。\n今天的主角是{s}。",
        asks="一切从哪里开始？\n走近看一看，你先看到了什么？\n这些年来，它有了什么变化？\n最了解它的人会怎么说？\n我们常常忽略了什么？\n如果没有它，会有什么不同？\n它和你的一天有什么关系？\n你还想知道什么？\n如果反过来想，会怎样？",
        tells="那是和平常一样的一天。\n心里却有一个小小的愿望，一直没有消失。\n一个安静的早晨，旅程开始了。\n路比想象的更远。\n这时，有什么挡住了去路。\n一瞬间，好像一切都结束了。\n一点微光照亮了方向。\n再走一步，需要全部的勇气。\n然后，一切都变了。",
        sells="走近看一看。\n想象它在你的一天里。\n它就是为这样的时刻而做的。\n少一点辛苦，多一点时间给重要的事。\n和喜欢的人一起分享。\n慢慢看，慢慢比较。\n问问用过的人。\n小小的东西也能改变一天。\n你最想先用它做什么？",
        ends="你怎么看？在评论里告诉我们。\n今天去查一查，再告诉我们你发现了什么。",
        story_ends="接下来会怎样？轮到你来讲了。\n回家的路，再也和从前不一样了。",
        ad_ends="{s}，今天就来看看。\n好奇吗？来了解{s}。",
        names=("小美", "小天"),
    ),
    "es": _phrases(
        topic="¿Qué te viene a la mente con esto: {s}?\nHoy hablamos de esto: {s}.",
        question="¿Te lo has preguntado alguna vez? ¿{s}?\nUna pregunta sencilla, y sin embargo: ¿{s}?",
        story="Esta es una historia: {s}.\nHabía una vez una historia que empezaba así: {s}.",
        ad="Te presentamos {s}.\nHoy el protagonista es {s}.",
        asks="¿Dónde empieza todo?\nMira de cerca. ¿Qué ves primero?\n¿Qué ha cambiado con los años?\n¿Quién lo conoce mejor y qué diría?\n¿Qué solemos pasar por alto?\n¿Qué sería distinto sin ello?\n¿Cómo toca tu día a día?\n¿Qué te gustaría saber todavía?\n¿Y si fuera al revés?",
        tells="Empieza en un día como cualquier otro.\nPero por dentro hay un deseo que no se apaga.\nUna mañana tranquila comienza el viaje.\nEl camino es más largo de lo que parecía.\nEntonces algo se cruza en el camino.\nPor un momento todo parece perdido.\nUna pequeña luz muestra por dónde seguir.\nUn paso más pide todo el valor que hay.\nY de pronto todo cambia.",
        sells="Míralo de cerca.\nImagínalo en tu día a día.\nEstá hecho para momentos como este.\nMenos esfuerzo y más tiempo para lo que te importa.\nCompártelo con alguien a quien quieres.\nTómate tu tiempo y compara.\nPregunta a quien ya lo ha probado.\nLas cosas pequeñas pueden cambiar un día.\n¿Qué harías primero con ello?",
        ends="¿Y tú qué piensas? Cuéntalo en los comentarios.\nBúscalo hoy y cuéntanos qué has encontrado.",
        story_ends="¿Y qué pasa después? Te toca contarlo a ti.\nEl camino de vuelta ya nunca es igual.",
        ad_ends="{s}. Compruébalo hoy.\n¿Tienes curiosidad? Descubre {s}.",
        names=("Lucía", "Mateo"),
    ),
    "fr": _phrases(
        topic="À quoi pensez-vous quand on vous dit : {s} ?\nAujourd'hui, parlons de ceci : {s}.",
        question="Vous êtes-vous déjà posé la question ? {s} ?\nUne question simple, et pourtant : {s} ?",
        story="Voici une histoire : {s}.\nIl était une fois une histoire qui commençait ainsi : {s}.",
        ad="Voici {s}.\nAujourd'hui, place à {s}.",
        asks="Où tout cela commence-t-il ?\nRegardez de près. Que voyez-vous d'abord ?\nQu'est-ce qui a changé avec les années ?\nQui connaît le mieux le sujet, et que dirait-il ?\nQu'est-ce qui nous échappe souvent ?\nQu'est-ce qui serait différent sans cela ?\nQuel est le lien avec votre journée ?\nQue voudriez-vous encore savoir ?\nEt si c'était l'inverse ?",
        tells="Tout commence un jour comme les autres.\nMais au fond, un souhait ne s'éteint pas.\nPar un matin calme, le voyage commence.\nLe chemin est plus long qu'il ne semblait.\nPuis quelque chose barre la route.\nUn instant, tout semble perdu.\nUne petite lumière montre la voie.\nUn pas de plus demande tout le courage.\nEt soudain, tout bascule.",
        sells="Regardez de près.\nImaginez-le dans votre journée.\nC'est fait pour des moments comme celui-ci.\nMoins d'efforts, plus de temps pour ce qui compte.\nPartagez-le avec quelqu'un que vous aimez.\nPrenez le temps de comparer.\nDemandez à ceux qui l'ont essayé.\nDe petites choses changent une journée.\nQue feriez-vous en premier ?",
        ends="Et vous, qu'en pensez-vous ? Dites-le en commentaire.\nCherchez la réponse aujourd'hui, et racontez-nous.",
        story_ends="Et la suite ? C'est à vous de la raconter.\nLe chemin du retour n'est plus jamais le même.",
        ad_ends="{s}. Voyez par vous-même.\nCurieux ? Découvrez {s}.",
        names=("Léa", "Hugo"),
    ),
    "de": _phrases(
        topic="Woran denkst du dabei: {s}?\nHeute geht es um Folgendes: {s}.",
        question="Hast du dich das schon einmal gefragt? {s}?\nEine einfache Frage, und doch: {s}?",
        story="Das ist eine Geschichte: {s}.\nEs war einmal eine Geschichte, die so begann: {s}.",
        ad="Das ist {s}.\nHeute dreht sich alles um {s}.",
        asks="Wo fängt alles an?\nSchau genau hin. Was siehst du zuerst?\nWas hat sich mit den Jahren verändert?\nWer kennt sich am besten aus, und was würde er sagen?\nWas übersehen die meisten?\nWas wäre anders ohne all das?\nWas hat es mit deinem Tag zu tun?\nWas möchtest du noch herausfinden?\nUnd wenn es genau umgekehrt wäre?",
        tells="Es beginnt an einem Tag wie jedem anderen.\nDoch tief innen gibt es einen Wunsch, der bleibt.\nAn einem stillen Morgen beginnt die Reise.\nDer Weg ist länger, als er aussah.\nDann stellt sich etwas in den Weg.\nEinen Moment lang scheint alles verloren.\nEin kleines Licht zeigt, wohin es geht.\nEin Schritt mehr braucht allen Mut.\nUnd plötzlich ist alles anders.",
        sells="Schau es dir aus der Nähe an.\nStell es dir in deinem Alltag vor.\nEs ist für Momente wie diesen gemacht.\nWeniger Mühe, mehr Zeit für das, was dir wichtig ist.\nTeile es mit jemandem, den du magst.\nNimm dir Zeit und vergleiche.\nFrag die, die es schon kennen.\nKleine Dinge können einen Tag verändern.\nWas würdest du zuerst damit machen?",
        ends="Was denkst du? Schreib es in die Kommentare.\nSieh heute nach und erzähl uns, was du gefunden hast.",
        story_ends="Und wie geht es weiter? Das erzählst du.\nDer Heimweg ist nie mehr ganz derselbe.",
        ad_ends="{s}. Überzeug dich heute selbst.\nNeugierig? Entdecke {s}.",
        names=("Lena", "Max"),
    ),
    "pt": _phrases(
        topic="O que vem à sua mente com isto: {s}?\nHoje o assunto é este: {s}.",
        question="Você já se perguntou? {s}?\nUma pergunta simples, mas: {s}?",
        story="Esta é uma história: {s}.\nEra uma vez uma história que começava assim: {s}.",
        ad="Conheça {s}.\nHoje o destaque é {s}.",
        asks="Onde tudo começa?\nOlhe de perto. O que você vê primeiro?\nO que mudou com o passar dos anos?\nQuem conhece melhor, e o que diria?\nO que quase ninguém percebe?\nO que seria diferente sem isso?\nComo isso toca o seu dia?\nO que você ainda quer descobrir?\nE se fosse o contrário?",
        tells="Começa num dia como qualquer outro.\nMas lá no fundo há um desejo que não se apaga.\nNuma manhã tranquila, a viagem começa.\nO caminho é mais longo do que parecia.\nEntão algo aparece no caminho.\nPor um momento tudo parece perdido.\nUma pequena luz mostra por onde ir.\nMais um passo pede toda a coragem.\nE de repente tudo muda.",
        sells="Veja de perto.\nImagine no seu dia a dia.\nFoi feito para momentos como este.\nMenos esforço e mais tempo para o que importa.\nCompartilhe com alguém de quem você gosta.\nCompare com calma.\nPergunte a quem já experimentou.\nPequenas coisas podem mudar um dia.\nO que você faria primeiro?",
        ends="E você, o que acha? Conte nos comentários.\nPesquise hoje e conte o que descobriu.",
        story_ends="E o que acontece depois? Agora é você quem conta.\nO caminho de volta nunca mais é o mesmo.",
        ad_ends="{s}. Veja você mesmo hoje.\nFicou curioso? Descubra {s}.",
        names=("Ana", "João"),
    ),
    "ru": _phrases(
        topic="О чём вы думаете, когда слышите: {s}?\nСегодня наша тема: {s}.",
        question="Вы когда-нибудь задумывались? {s}?\nПростой вопрос, и всё же: {s}?",
        story="Это история: {s}.\nОднажды началась история: {s}.",
        ad="Встречайте: {s}.\nСегодня в центре внимания: {s}.",
        asks="С чего всё начинается?\nПосмотрите поближе. Что вы видите первым?\nЧто изменилось с годами?\nЧто сказал бы тот, кто знает лучше всех?\nЧего мы обычно не замечаем?\nЧто было бы иначе без этого?\nКак это связано с вашим днём?\nЧто ещё хотелось бы узнать?\nА если всё наоборот?",
        tells="Всё начинается в самый обычный день.\nНо внутри живёт желание, которое не уходит.\nТихим утром начинается путь.\nДорога оказывается длиннее, чем казалось.\nИ тут что-то преграждает путь.\nНа миг кажется, что всё потеряно.\nМаленький огонёк показывает дорогу.\nЕщё один шаг требует всей смелости.\nИ вдруг всё меняется.",
        sells="Посмотрите поближе.\nПредставьте это в своём дне.\nСоздано именно для таких моментов.\nМеньше усилий, больше времени на важное.\nПоделитесь с тем, кто вам дорог.\nСравните не торопясь.\nСпросите тех, кто уже попробовал.\nМелочи могут изменить день.\nС чего бы вы начали?",
        ends="А что думаете вы? Напишите в комментариях.\nУзнайте сегодня и расскажите нам.",
        story_ends="А что дальше? Это расскажете вы.\nДорога домой уже никогда не будет прежней.",
        ad_ends="{s}. Убедитесь сами.\nИнтересно? Узнайте больше: {s}.",
        names=("Аня", "Миша"),
    ),
    "hi": _phrases(
        topic="यह सुनकर आपके मन में क्या आता है: {s}?\nआज का विषय है: {s}।",
        question="क्या आपने कभी सोचा है? {s}?\nसवाल आसान है, फिर भी: {s}?",
        story="यह एक कहानी है: {s}।\nएक बार की बात है, कहानी शुरू हुई: {s}।",
        ad="मिलिए: {s}।\nआज की खास बात: {s}।",
        asks="यह सब कहाँ से शुरू होता है?\nपास से देखिए। सबसे पहले क्या दिखता है?\nसमय के साथ क्या बदला है?\nजो इसे सबसे अच्छे से जानता है, वह क्या कहेगा?\nहम अक्सर क्या नहीं देख पाते?\nइसके बिना क्या अलग होता?\nयह आपके दिन से कैसे जुड़ा है?\nआप और क्या जानना चाहेंगे?\nअगर उल्टा सोचें तो?",
        tells="यह एक आम दिन की बात है।\nमन में एक छोटी सी इच्छा थी।\nएक शांत सुबह सफर शुरू हुआ।\nरास्ता जितना लगा था, उससे लंबा निकला।\nतभी कुछ रास्ते में आ गया।\nएक पल के लिए सब खो गया सा लगा।\nएक छोटी सी रोशनी ने राह दिखाई।\nएक कदम और चलने के लिए पूरी हिम्मत लगी।\nऔर अचानक सब बदल गया।",
        sells="पास से देखिए।\nइसे अपने दिन में सोचकर देखिए।\nयह ऐसे ही पलों के लिए बना है।\nकम मेहनत, ज़रूरी बातों के लिए ज़्यादा समय।\nकिसी अपने के साथ बाँटिए।\nआराम से तुलना कीजिए।\nजिन्होंने आज़माया है, उनसे पूछिए।\nछोटी चीज़ें भी दिन बदल सकती हैं।\nआप सबसे पहले क्या करेंगे?",
        ends="आप क्या सोचते हैं? कमेंट में बताइए।\nआज ही खोजिए और हमें बताइए।",
        story_ends="आगे क्या होगा? यह अब आप बताइए।\nलौटने का रास्ता अब पहले जैसा नहीं रहा।",
        ad_ends="{s}। आज ही देखिए।\nऔर जानना चाहते हैं? {s}।",
        names=("मीरा", "आरव"),
    ),
    "ar": _phrases(
        topic="ما الذي يخطر ببالك عندما تسمع: {s}؟\nموضوع اليوم هو: {s}.",
        question="هل تساءلت يومًا؟ {s}؟\nسؤال بسيط، ومع ذلك: {s}؟",
        story="هذه قصة: {s}.\nفي يوم من الأيام بدأت قصة: {s}.",
        ad="نقدم لكم: {s}.\nحديث اليوم: {s}.",
        asks="من أين يبدأ كل شيء؟\nانظر عن قرب. ماذا ترى أولًا؟\nما الذي تغير مع السنين؟\nماذا يقول من يعرف الأمر جيدًا؟\nما الذي يغيب عن أكثر الناس؟\nماذا كان سيختلف بدونه؟\nكيف يرتبط ذلك بيومك؟\nماذا تريد أن تعرف أيضًا؟\nوماذا لو كان العكس؟",
        tells="تبدأ الحكاية في يوم عادي.\nوفي القلب أمنية صغيرة لا تختفي.\nوفي صباح هادئ بدأت الرحلة.\nكان الطريق أطول مما ظهر.\nثم ظهر شيء يسد الطريق.\nوللحظة بدا كل شيء ضائعًا.\nنور صغير دل على الطريق.\nخطوة أخرى احتاجت كل الشجاعة.\nوفجأة تغير كل شيء.",
        sells="انظر عن قرب.\nتخيله في يومك.\nصُنع للحظات مثل هذه.\nجهد أقل، ووقت أكثر لما يهمك.\nشاركه مع من تحب.\nخذ وقتك وقارن.\nاسأل من جربه.\nأشياء صغيرة قد تغير اليوم.\nماذا ستفعل به أولًا؟",
        ends="ما رأيك؟ اكتبه في التعليقات.\nابحث عنه اليوم وأخبرنا بما وجدت.",
        story_ends="وماذا بعد؟ هذا ما سترويه أنت.\nولم يعد طريق العودة كما كان.",
        ad_ends="{s}. جرب بنفسك اليوم.\nهل تريد المزيد؟ اكتشف {s}.",
        names=("ليلى", "عمر"),
    ),
    "id": _phrases(
        topic="Apa yang terlintas saat mendengar ini: {s}?\nHari ini kita bicara tentang {s}.",
        question="Pernahkah kamu bertanya? {s}?\nPertanyaan sederhana, tetapi: {s}?",
        story="Ini adalah kisah {s}.\nPada suatu hari dimulailah sebuah kisah: {s}.",
        ad="Perkenalkan, {s}.\nHari ini semuanya tentang {s}.",
        asks="Dari mana semuanya bermula?\nLihat lebih dekat. Apa yang pertama terlihat?\nApa yang berubah dari waktu ke waktu?\nApa kata orang yang paling mengenalnya?\nApa yang sering kita lewatkan?\nApa yang berbeda tanpanya?\nApa hubungannya dengan harimu?\nApa lagi yang ingin kamu ketahui?\nBagaimana jika sebaliknya?",
        tells="Semuanya dimulai pada hari yang biasa.\nNamun di dalam hati ada keinginan yang tak hilang.\nPada pagi yang tenang, perjalanan dimulai.\nJalannya lebih panjang dari yang terlihat.\nLalu sesuatu menghalangi jalan.\nSesaat semuanya terasa hilang.\nCahaya kecil menunjukkan arah.\nSatu langkah lagi butuh seluruh keberanian.\nDan tiba-tiba semuanya berubah.",
        sells="Lihat lebih dekat.\nBayangkan dalam harimu.\nDibuat untuk saat seperti ini.\nLebih ringan, lebih banyak waktu untuk yang penting.\nBagikan dengan orang yang kamu sayangi.\nBandingkan dengan tenang.\nTanyakan kepada yang sudah mencoba.\nHal kecil bisa mengubah hari.\nApa yang pertama ingin kamu lakukan?",
        ends="Bagaimana menurutmu? Tulis di komentar.\nCari tahu hari ini dan ceritakan kepada kami.",
        story_ends="Lalu apa yang terjadi? Kini giliranmu bercerita.\nJalan pulang tak lagi sama.",
        ad_ends="{s}. Lihat sendiri hari ini.\nPenasaran? Temukan {s}.",
        names=("Sari", "Budi"),
    ),
}

NAMES = ("A", "B")

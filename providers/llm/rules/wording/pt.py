"""Portuguese, as it is said in Brazil."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    E você, o que diz? Escreva a sua resposta nos comentários.
    Pesquise hoje mesmo e conte para a gente o que encontrou.
    Qual pergunta vai ficar na sua cabeça? Conte aqui embaixo.
    Pergunte a alguém hoje à noite e traga a resposta para cá.
    Uma dessas você com certeza sabe responder. Qual é?
"""
_GENERAL = pool(
    hook="""
        {S}. Qual é a primeira imagem que vem à sua cabeça?
        Hoje o assunto é um só, e é este: {s}.
        Diga em voz alta: {s}. No que você pensa?
        Se você tivesse um minuto para falar disso, o que diria? {S}.
        Fique um instante, que hoje vamos falar {d:de}.
    """,
    where="""
        Onde tudo isso começa? Tente imaginar esse primeiro lugar.
        {S}. Onde foi que você viu isso pela primeira vez?
    """,
    who="""
        Quem perto de você entende mais disso, e o que essa pessoa diria?
        Diga “{s}” a um amigo. O que você acha que ele imagina?
    """,
    look_closely="""
        Olhe bem de perto. O que você nunca tinha reparado?
        Chegue perto até um detalhe ocupar a tela toda. Qual é?
        Imagine bem na sua frente: {s}. Que detalhe você vê primeiro?
    """,
    how="""
        Como você explicaria isso a uma criança, em uma frase só?
        Diga em uma frase que uma criança entenda: {s}.
        Desenhe isso com três traços. Qual vem primeiro?
    """,
    years="""
        Pense dez anos atrás e dez anos à frente. O que continua igual?
        {S}, daqui a cem anos. O que você vê?
        Pense em alguém de cem anos atrás. O que essa pessoa diria disso?
    """,
    without="""
        Agora tire tudo isso. O que faltaria, e quem notaria primeiro?
        Imagine um mundo sem {d}. O que mudaria primeiro?
    """,
    surprise="""
        Qual é a coisa mais estranha que você já ouviu sobre isso? Será verdade?
        {S}. Existe alguma história em que você nunca acreditou muito?
        Se você contasse à sua avó, o que mais a surpreenderia?
    """,
    find_out="""
        Se você pudesse fazer uma única pergunta, qual seria?
        {S}. Que pergunta você nunca fez a ninguém?
        Com uma hora livre, o que você pesquisaria primeiro?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Ana", "João"),
    ordinals=lines("""
        Número um.
        Número dois.
        Número três.
        Número quatro.
        Número cinco.
        Número seis.
        Número sete.
        Número oito.
        Número nove.
        Número dez.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} O que você responderia agora mesmo?
        Tenho uma pergunta para você: {q}
        {Q} Pense nisso por três segundos.
        Pare um instante e pense comigo. {Q}
    """),
    why=pool(
        hook="""
            {Q} Dê um palpite antes de continuar.
            A pergunta de hoje é esta: {q}
            {Q} Diga em voz alta a sua primeira ideia.
            Você tem uma resposta para isto? {Q}
        """,
        where="Onde você procuraria a causa primeiro: fora, dentro ou embaixo?",
        who="""
            Quem você acha que fez essa pergunta primeiro, e por quê?
            Se pudesse ligar para um especialista, o que perguntaria primeiro?
        """,
        look_closely="Comece pelo que dá para ver. Que pequeno detalhe pode ser uma pista?",
        how="Como você testaria o seu palpite com o que tem em casa?",
        years="Se você vivesse cem anos atrás, em qual resposta acreditaria?",
        without="Imagine que fosse exatamente o contrário. O que mais mudaria?",
        surprise="""
            Duas ideias podem parecer certas. Qual delas surpreenderia mais?
            Vire o seu palpite do avesso. Ainda faz sentido?
        """,
        find_out="O que você precisaria descobrir para ter certeza mesmo?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Vamos um passo de cada vez.
            É isto que queremos saber hoje: {q}
            {Q} Qual seria o seu primeiro passo?
            Vamos pensar nisso juntos? {Q}
        """,
        where="Por onde se começa? Diga o primeiro passo, e só o primeiro.",
        who="Quem poderia mostrar, e que parte deveria repetir devagar?",
        look_closely="""
            Veja em câmera lenta. De qual momento tudo depende?
            Que coisinha um iniciante deixaria passar? Procure.
        """,
        how="""
            Diga os passos em ordem. Em qual deles você trava?
            Você conseguiria explicar a um amigo em três passos curtos?
        """,
        years="Os seus avós diriam a mesma coisa? Pergunte, se puder.",
        without="Tire um passo, só na imaginação. Ainda funciona?",
        surprise="O que poderia dar errado, e como você notaria a tempo?",
        find_out="Que parte você gostaria de ver de novo, de perto e devagar?",
        closing="""
            Sua vez: escreva nos comentários os passos do seu jeito.
            Salve, experimente e volte para contar o que aprendeu.
            Conhece um jeito melhor? Conte aqui embaixo.
            Conhece alguém com a mesma dúvida? Mande este vídeo.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Conte comigo e veja quantas você acerta.
            Hoje a brincadeira é adivinhar. O tema: {s}.
            Topa um desafio rápido? {S}.
            {S}. Quantas você sabe dizer sem pesquisar?
        """,
        where="Por onde você começaria a lista? Diga a primeira que vier à cabeça.",
        who="Algo que só quem conhece por dentro contaria. Alguma ideia?",
        look_closely="""
            Algo que dá para ver com os próprios olhos. Qual é o seu palpite?
            Um detalhe pequeno, fácil de passar batido. Qual vem à cabeça?
        """,
        how="Algo sobre como isso funciona. Explique de um fôlego só.",
        years="Uma que os seus avós também diriam. Qual pode ser?",
        without="A única coisa que não daria para tirar. Qual será?",
        surprise="""
            Algo difícil de acreditar. O que você já ouviu por aí?
            Uma para os desconfiados: verdade ou invenção? Você decide.
        """,
        find_out="Uma que você ainda teria que pesquisar. Qual é?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Chegue um pouco mais perto. A história é esta: {s}.
            Feche os olhos um instante e imagine isto. {S}.
            Tem uma história esperando por você: {s}.
            {S}. Escute, a história já vai começar.
        """,
        where="Imagine o lugar onde tudo começa. O que se ouve por lá?",
        who="""
            Tem alguém ali, sem ninguém por perto. Que nome você daria?
            Alguém guarda um desejo e nunca contou a ninguém. Você adivinha?
        """,
        look_closely="Chegue mais perto. Há uma coisinha que ninguém notou ainda.",
        how="Um passo, e depois outro. Para que lado você iria agora?",
        years="O tempo passa. Pode ser uma noite, podem ser muitos anos.",
        without="E então alguma coisa some. Escute só que silêncio.",
        surprise="""
            Espere. Você viu isso? Nada mais é como era há pouco.
            E ali, quando ninguém está olhando, tudo se inverte.
        """,
        find_out="Aos poucos dá para entender para que foi tudo isso.",
        closing="""
            E como termina? Essa parte quem conta é você.
            Escreva a última frase. Nós lemos os comentários.
            O final ainda está aberto. O que você quer que aconteça?
            Conte a alguém hoje à noite, com as suas palavras.
        """,
    ),
    ad=pool(
        hook="""
            Pare um momento e dê uma olhada nisto: {s}.
            Queremos apresentar uma coisa a você. {S}.
            {S}. O que você gostaria de saber primeiro?
            Hoje tudo gira em torno disto: {s}.
        """,
        where="Em que momento do seu dia isto teria um lugar?",
        who="""
            Quem seria a primeira pessoa a ver isto com você?
            Quem na sua vida ficaria feliz com isto?
        """,
        look_closely="""
            Olhe mais de perto. O que chama a sua atenção primeiro?
            Passe os olhos bem devagar. De qual detalhe você mais gosta?
        """,
        how="Como você começaria: por conta própria ou com alguém querido?",
        years="Imagine você daqui a um ano. O que vai ter gostado de experimentar?",
        without="O que está faltando no seu dia agora? Com sinceridade.",
        surprise="O que precisaria acontecer para você dizer “uau”?",
        find_out="O que você quer perguntar antes de decidir? É só perguntar.",
        closing="""
            {S}. Venha ver com os seus próprios olhos.
            Ficou com curiosidade? Olhe hoje com calma: {s}.
            A escolha é toda sua. {S}.
            Alguma dúvida? Respondemos com prazer. {S}.
            Ainda com curiosidade? Pergunte nos comentários.
            Agora é com você: passe por aqui e veja de perto.
        """,
    ),
)

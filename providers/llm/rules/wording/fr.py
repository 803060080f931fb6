"""French."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    Et vous, que répondez-vous ? Écrivez-le en commentaire.
    Cherchez dès aujourd'hui, et racontez-nous ce que vous avez trouvé.
    Quelle question allez-vous garder en tête ? Dites-le plus bas.
    Posez la question à quelqu'un ce soir, et rapportez sa réponse ici.
    À l'une de ces questions, vous savez répondre. Laquelle ?
"""
_GENERAL = pool(
    hook="""
        {S}. Quelle est la première image qui vous vient en tête ?
        Aujourd'hui, un seul sujet, et le voici : {s}.
        Dites-le à voix haute : {s}. À quoi pensez-vous ?
        Si vous aviez une minute pour en parler, que diriez-vous ? {S}.
        Restez un instant. Aujourd'hui, parlons {d:de}.
    """,
    where="""
        Où tout cela commence-t-il ? Essayez d'imaginer ce tout premier lieu.
        {S}. Où en avez-vous entendu parler la première fois ?
    """,
    who="""
        Autour de vous, qui s'y connaît le mieux, et que dirait cette personne ?
        Dites « {s} » à un ami. Que va-t-il imaginer, à votre avis ?
    """,
    look_closely="""
        Regardez de près. Que remarquez-vous pour la toute première fois ?
        Approchez jusqu'à ce qu'un détail remplisse l'écran. Lequel est-ce ?
        Imaginez, juste devant vous : {s}. Quel détail voyez-vous d'abord ?
    """,
    how="""
        Comment l'expliqueriez-vous à un enfant, en une seule phrase ?
        Dites-le en une phrase qu'un enfant comprendrait : {s}.
        Dessinez-le en trois traits. Par lequel commencez-vous ?
    """,
    years="""
        Pensez dix ans en arrière, puis dix ans plus tard. Qu'est-ce qui reste ?
        {S}, dans cent ans. Que voyez-vous ?
        Pensez à quelqu'un d'il y a cent ans. Que dirait-il de tout cela ?
    """,
    without="""
        Maintenant, enlevez tout. Que manquerait-il, et qui le verrait d'abord ?
        Imaginez un monde sans {d}. Qu'est-ce qui changerait d'abord ?
    """,
    surprise="""
        Quelle est la chose la plus étrange qu'on vous en ait dite ? Et est-ce vrai ?
        {S}. Y a-t-il une histoire que vous n'avez jamais vraiment crue ?
        Si vous en parliez à votre grand-mère, qu'est-ce qui la surprendrait le plus ?
    """,
    find_out="""
        Si vous pouviez poser une seule question, laquelle serait-ce ?
        {S}. Quelle question n'avez-vous jamais osé poser ?
        Avec une heure devant vous, que chercheriez-vous en premier ?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Léa", "Hugo"),
    ordinals=lines("""
        Numéro un.
        Numéro deux.
        Numéro trois.
        Numéro quatre.
        Numéro cinq.
        Numéro six.
        Numéro sept.
        Numéro huit.
        Numéro neuf.
        Numéro dix.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} Que répondriez-vous, là, tout de suite ?
        J'ai une question pour vous : {q}
        {Q} Donnez-vous trois secondes.
        Arrêtez-vous un instant et pensez-y. {Q}
    """),
    why=pool(
        hook="""
            {Q} Devinez avant d'aller plus loin.
            Voici la question du jour : {q}
            {Q} Dites tout haut votre première idée.
            Avez-vous une réponse à cela ? {Q}
        """,
        where="Où chercheriez-vous la cause d'abord : dehors, dedans ou dessous ?",
        who="""
            Qui s'est posé la question en premier, à votre avis, et devant quoi ?
            Si vous pouviez appeler un expert, que lui demanderiez-vous d'abord ?
        """,
        look_closely="Commencez par ce qui se voit. Quel petit détail serait un indice ?",
        how="Comment vérifier votre idée avec ce que vous avez à la maison ?",
        years="Si vous aviez vécu il y a cent ans, à quelle réponse auriez-vous cru ?",
        without="Supposez que ce soit tout l'inverse. Qu'est-ce qui changerait aussi ?",
        surprise="""
            Deux idées peuvent sembler justes. Laquelle vous surprendrait le plus ?
            Retournez votre idée. Est-ce que cela tient encore debout ?
        """,
        find_out="Que faudrait-il découvrir pour en avoir le cœur net ?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Avançons pas à pas.
            Voici ce que nous voulons savoir aujourd'hui : {q}
            {Q} Quelle serait votre première étape ?
            Prêts à y réfléchir ensemble ? {Q}
        """,
        where="Par où commence-t-on ? Donnez la première étape, rien que la première.",
        who="Qui pourrait vous montrer, et que devrait-il refaire lentement ?",
        look_closely="""
            Passez au ralenti. De quel instant tout dépend-il ?
            Quelle petite chose un débutant manquerait-il ? Cherchez-la.
        """,
        how="""
            Dites les étapes dans l'ordre. À laquelle bloquez-vous ?
            Sauriez-vous le dire à un ami en trois courtes étapes ?
        """,
        years="Vos grands-parents auraient-ils dit pareil ? Demandez-leur, si possible.",
        without="Dans votre tête, sautez une étape. Est-ce que ça marche encore ?",
        surprise="Qu'est-ce qui pourrait rater, et comment le voir à temps ?",
        find_out="Quel passage aimeriez-vous revoir, de près et lentement ?",
        closing="""
            À vous : écrivez en commentaire les étapes comme vous les voyez.
            Enregistrez, essayez, et revenez nous dire ce que vous avez appris.
            Vous connaissez une meilleure façon ? Dites-le plus bas.
            Quelqu'un autour de vous se pose la question ? Envoyez-lui la vidéo.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Comptez avec moi celles que vous trouvez.
            Aujourd'hui, jouons aux devinettes. Le thème : {s}.
            Prêts pour un petit défi ? {S}.
            {S}. Combien de réponses avez-vous sans rien chercher ?
        """,
        where="Par où commenceriez-vous la liste ? Dites la première qui vous vient.",
        who="Une chose que seul un initié pourrait vous dire. Une idée ?",
        look_closely="""
            Une chose qui se voit à l'œil nu. À quoi pensez-vous ?
            Un tout petit détail, facile à manquer. Lequel vous vient en tête ?
        """,
        how="Quelque chose sur le fonctionnement. Expliquez-le d'une traite.",
        years="Une que vos grands-parents auraient citée aussi. Devinez-vous ?",
        without="La seule chose qu'on ne pourrait pas enlever. Laquelle, selon vous ?",
        surprise="""
            Une chose difficile à croire. Qu'avez-vous entendu dire ?
            Une pour les sceptiques : vrai ou inventé ? À vous de juger.
        """,
        find_out="Une que vous devriez encore chercher. Laquelle est-ce ?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Approchez un peu. Voici l'histoire : {s}.
            Fermez les yeux un instant, et imaginez ceci. {S}.
            Une histoire vous attend : {s}.
            {S}. Écoutez, l'histoire va commencer.
        """,
        where="Imaginez le lieu où elle commence. Qu'entend-on là-bas ?",
        who="""
            Quelqu'un s'y tient, à l'écart de tous. Quel nom lui donneriez-vous ?
            Quelqu'un garde un souhait et n'en a rien dit. Le devinez-vous ?
        """,
        look_closely="Approchez encore. Il y a là une petite chose que nul n'a remarquée.",
        how="Un pas, puis un autre. Et vous, de quel côté iriez-vous ?",
        years="Le temps passe. Une nuit peut-être, ou bien des années.",
        without="Et puis quelque chose manque. Écoutez comme tout est calme.",
        surprise="""
            Attendez. Vous avez vu ? Plus rien n'est comme tout à l'heure.
            Et là, quand personne ne regarde, tout se retourne.
        """,
        find_out="Peu à peu, on comprend à quoi tout cela menait.",
        closing="""
            Et comment cela finit-il ? Cette partie est à vous.
            Écrivez vous-même la dernière phrase. Nous lisons les commentaires.
            La fin reste ouverte. Qu'aimeriez-vous qu'il arrive ?
            Racontez l'histoire à quelqu'un ce soir, avec vos mots.
        """,
    ),
    ad=pool(
        hook="""
            Prenez un instant et regardez ceci : {s}.
            Nous avons quelque chose à vous présenter. {S}.
            {S}. Que voudriez-vous savoir en premier ?
            Aujourd'hui, tout tourne autour de ceci : {s}.
        """,
        where="À quel moment de votre journée cela trouverait-il sa place ?",
        who="""
            À qui le montreriez-vous en premier ?
            Parmi vos proches, à qui cela ferait-il plaisir ?
        """,
        look_closely="""
            Regardez de plus près. Qu'est-ce qui attire votre œil ?
            Laissez votre regard s'y promener. Quel détail préférez-vous ?
        """,
        how="Comment commenceriez-vous : en solo, ou avec quelqu'un que vous aimez ?",
        years="Imaginez-vous dans un an. Qu'aurez-vous bien fait d'essayer ?",
        without="Que manque-t-il à votre journée en ce moment ? Franchement.",
        surprise="Que faudrait-il pour vous faire dire « waouh » ?",
        find_out="Que voulez-vous demander avant de choisir ? N'hésitez pas.",
        closing="""
            {S}. Venez voir par vous-même.
            Envie d'en savoir plus ? Regardez de plus près : {s}.
            Le choix est à vous. {S}.
            Des questions ? Nous y répondrons avec plaisir. {S}.
            Encore une question ? Posez-la en commentaire.
            À vous maintenant : passez nous voir, et jugez sur place.
        """,
    ),
)

"""Spanish."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    ¿Tú qué dices? Escribe tu respuesta en los comentarios.
    Búscalo hoy mismo y cuéntanos qué has encontrado.
    ¿Con qué pregunta te quedas? Dínoslo aquí abajo.
    Pregúntaselo a alguien esta noche y trae aquí su respuesta.
    Seguro que una de estas la sabes responder. ¿Cuál es?
"""
_GENERAL = pool(
    hook="""
        {S}. ¿Cuál es la primera imagen que te viene a la cabeza?
        Hoy solo hay un tema, y es este: {s}.
        Dilo en voz alta: {s}. ¿En qué piensas?
        Si tuvieras un minuto para hablar de esto, ¿qué dirías? {S}.
        Quédate un momento, que hoy vamos a hablar {d:de}.
    """,
    where="""
        ¿Dónde empieza todo? Intenta imaginar ese primer lugar.
        {S}. ¿Dónde te lo encontraste por primera vez?
    """,
    who="""
        ¿Quién sabe más de esto a tu alrededor, y qué te diría?
        Dile «{s}» a un amigo. ¿Qué crees que se imaginaría?
    """,
    look_closely="""
        Mira de cerca. ¿Qué hay ahí que nunca habías visto?
        Acércate hasta que un detalle llene la pantalla. ¿Cuál es?
        Imagínalo justo delante: {s}. ¿Qué detalle ves primero?
    """,
    how="""
        ¿Cómo se lo explicarías a un niño en una sola frase?
        Dilo en una frase que entienda un niño: {s}.
        Dibújalo con solo tres líneas. ¿Por cuál empiezas?
    """,
    years="""
        Piensa diez años atrás y diez años adelante. ¿Qué sigue igual?
        {S}, dentro de cien años. ¿Qué ves ahí?
        Piensa en alguien de hace cien años. ¿Qué diría de todo esto?
    """,
    without="""
        Ahora quítalo todo. ¿Qué faltaría, y quién lo notaría primero?
        Imagina un mundo sin {d}. ¿Qué sería lo primero en cambiar?
    """,
    surprise="""
        ¿Qué es lo más raro que has oído sobre esto? ¿Y será verdad?
        {S}. ¿Hay alguna historia que nunca te creíste del todo?
        Si se lo contaras a tu abuela, ¿qué le sorprendería más?
    """,
    find_out="""
        Si pudieras hacer una sola pregunta, ¿cuál sería?
        {S}. ¿Qué pregunta no le has hecho nunca a nadie?
        Si tuvieras una hora libre, ¿qué buscarías primero?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Lucía", "Mateo"),
    ordinals=lines("""
        Número uno.
        Número dos.
        Número tres.
        Número cuatro.
        Número cinco.
        Número seis.
        Número siete.
        Número ocho.
        Número nueve.
        Número diez.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} ¿Qué responderías ahora mismo?
        Tengo una pregunta para ti: {q}
        {Q} Date tres segundos para pensarlo.
        Para un momento y piensa en esto. {Q}
    """),
    why=pool(
        hook="""
            {Q} Adivina antes de seguir.
            La pregunta de hoy es esta: {q}
            {Q} Di en voz alta lo primero que se te ocurra.
            ¿Tienes una respuesta para esto? {Q}
        """,
        where="¿Dónde buscarías primero la causa: fuera, dentro o debajo?",
        who="""
            ¿Quién crees que se lo preguntó por primera vez, y por qué?
            Si pudieras llamar a un experto, ¿qué le preguntarías primero?
        """,
        look_closely="Empieza por lo que se ve. ¿Qué pequeño detalle podría ser una pista?",
        how="¿Cómo podrías comprobar tu idea con cosas que tienes en casa?",
        years="Si hubieras vivido hace cien años, ¿qué respuesta habrías creído?",
        without="Imagina que fuera justo al revés. ¿Qué más tendría que cambiar?",
        surprise="""
            Dos ideas pueden sonar bien a la vez. ¿Cuál te sorprendería más?
            Dale la vuelta a tu idea. ¿Sigue teniendo sentido?
        """,
        find_out="¿Qué tendrías que averiguar para saberlo con certeza?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Vamos paso a paso.
            Esto es lo que queremos saber hoy: {q}
            {Q} ¿Cuál sería tu primer paso?
            ¿Te animas a pensarlo conmigo? {Q}
        """,
        where="¿Por dónde se empieza? Di el primer paso, y solo el primero.",
        who="¿Quién te lo podría enseñar, y qué parte debería repetir despacio?",
        look_closely="""
            Ponlo a cámara lenta. ¿De qué momento depende todo?
            ¿Qué cosa pequeña se le escaparía a un principiante? Búscala.
        """,
        how="""
            Di los pasos en orden. ¿En cuál te atascas?
            ¿Podrías contárselo a un amigo en tres pasos cortos?
        """,
        years="¿Tus abuelos habrían dicho lo mismo? Pregúntales si puedes.",
        without="Quita un paso en tu cabeza. ¿Sigue funcionando?",
        surprise="¿Qué podría salir mal, y cómo te darías cuenta a tiempo?",
        find_out="¿Qué parte te gustaría volver a ver, de cerca y despacio?",
        closing="""
            Te toca: escribe en los comentarios los pasos como tú los ves.
            Guárdalo, pruébalo y vuelve a contarnos qué has aprendido.
            ¿Conoces una manera mejor? Cuéntala aquí abajo.
            ¿Conoces a alguien que se pregunte lo mismo? Envíaselo.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Cuenta conmigo y mira cuántos aciertas.
            Hoy jugamos a adivinar. El tema: {s}.
            ¿Te atreves con un reto corto? {S}.
            {S}. ¿Cuántos sabrías decir sin buscarlo?
        """,
        where="¿Por dónde empezarías la lista? Di lo primero que se te ocurra.",
        who="Algo que solo te contaría quien lo conoce por dentro. ¿Alguna idea?",
        look_closely="""
            Algo que se puede ver a simple vista. ¿Qué crees que es?
            Un detalle pequeño, fácil de pasar por alto. ¿Cuál se te ocurre?
        """,
        how="Algo sobre cómo funciona. Explícalo de un tirón.",
        years="Una que también habrían dicho tus abuelos. ¿Cuál podría ser?",
        without="Lo único que no se podría quitar. ¿Qué podría ser?",
        surprise="""
            Algo difícil de creer. ¿Qué has oído por ahí?
            Una para los desconfiados: ¿verdad o inventado? Decide tú.
        """,
        find_out="Una que todavía tendrías que buscar. ¿Cuál es?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Acércate un poco más. Esta es la historia: {s}.
            Cierra los ojos un momento e imagina esto. {S}.
            Hay una historia que te espera: {s}.
            {S}. Escucha, la historia está a punto de empezar.
        """,
        where="Imagina el lugar donde empieza. ¿Qué se oye allí?",
        who="""
            Hay alguien allí, completamente a solas. ¿Qué nombre le pondrías?
            Alguien guarda un deseo y no se lo ha contado a nadie. ¿Lo adivinas?
        """,
        look_closely="Acércate más. Hay algo pequeño que nadie ha visto todavía.",
        how="Un paso, y luego otro. ¿Hacia dónde irías tú desde aquí?",
        years="Pasa el tiempo. Puede ser una noche, pueden ser muchos años.",
        without="Y entonces falta algo. Escucha qué silencio hay ahora.",
        surprise="""
            Espera. ¿Lo has visto? Ya nada es como hace un momento.
            Y ahí, cuando nadie mira, todo da la vuelta.
        """,
        find_out="Poco a poco se entiende para qué era todo esto.",
        closing="""
            ¿Y cómo termina? Esa parte la cuentas tú.
            Ponle tú la última frase. Leemos los comentarios.
            El final sigue abierto. ¿Qué te gustaría que pasara?
            Cuéntale la historia a alguien esta noche, con tus palabras.
        """,
    ),
    ad=pool(
        hook="""
            Tómate un momento y mira esto: {s}.
            Tenemos algo que presentarte. {S}.
            {S}. ¿Qué te gustaría saber primero?
            Hoy todo gira en torno a esto: {s}.
        """,
        where="¿En qué momento de tu día tendría su sitio?",
        who="""
            ¿A quién se lo enseñarías en primer lugar?
            ¿A quién de los tuyos le haría ilusión?
        """,
        look_closely="""
            Míralo más de cerca. ¿Qué te llama la atención primero?
            Recórrelo despacio con la mirada. ¿Qué detalle te gusta más?
        """,
        how="¿Cómo empezarías: por tu cuenta o con alguien a quien quieres?",
        years="Imagínate dentro de un año. ¿Qué te alegrarás de haber probado?",
        without="¿Qué le falta a tu día ahora mismo? Con sinceridad.",
        surprise="¿Qué tendría que pasar para que dijeras «guau»?",
        find_out="¿Qué quieres preguntar antes de decidirte? Pregunta sin miedo.",
        closing="""
            {S}. Ven y compruébalo por tu cuenta.
            ¿Te pica la curiosidad? Míralo hoy con calma: {s}.
            La decisión es tuya. {S}.
            ¿Tienes preguntas? Estaremos encantados de responder. {S}.
            ¿Te has quedado con ganas de saber más? Pregúntanos en los comentarios.
            Ahora te toca a ti: pásate y míralo con tus propios ojos.
        """,
    ),
)

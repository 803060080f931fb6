"""English."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    What do you say? Write your answer in the comments.
    Look it up today, and tell us what you found.
    Which question will stay with you? Tell us below.
    Ask somebody tonight, and bring their answer back here.
    One of these questions you can answer. Which?
"""
_GENERAL = pool(
    hook="""
        {S}. What is the first picture in your head?
        Today there is just one topic, and it is this: {s}.
        Say it out loud: {s}. What comes to mind?
        If you had one minute to talk about this, what would you say? {S}.
        Stay for a moment. Let's take a good look at {d} together.
    """,
    where="""
        Where does it all begin? Try to picture that very first place.
        {S}. Where did you come across this for the first time?
    """,
    who="""
        Who around you knows most about this, and what would they say?
        Say “{s}” to a friend. What do you think they would picture?
    """,
    look_closely="""
        Look closely. What do you notice that you never saw before?
        Zoom in until one small detail fills the screen. Which one is it?
        Picture this, right in front of you: {s}. Which detail do you see first?
    """,
    how="""
        How would you explain this to a child, in a single sentence?
        Put this into one sentence for a child: {s}.
        Draw it with three lines only. What do you draw first?
    """,
    years="""
        Think ten years back, then ten years ahead. What stays the same?
        {S}, a hundred years from now. What do you see?
        Picture somebody a hundred years ago. What would they make of this?
    """,
    without="""
        Now take it all away. What would be missing, and who would notice first?
        Imagine a world without {d}. What would be different first?
    """,
    surprise="""
        What is the strangest thing you have heard about it? And is it true?
        {S}. Is there a story here that you never quite believed?
        What would surprise your grandmother most, if you told her about it?
    """,
    find_out="""
        If you could ask one single question about it, what would it be?
        {S}. Which question have you never asked anyone?
        What would you look up first, if you had an hour to yourself?
    """,
    closing=_CLOSING,
)
_STORY_CLOSING = """
    And how does it end? That part is yours to tell.
    Give the story its last line. We are reading the comments.
    The end is still open. What would you like to happen?
    Tell it on to somebody tonight, in your own words.
"""

PHRASES = Phrases(
    names=("Mina", "Leo"),
    ordinals=lines("""
        Number one.
        Number two.
        Number three.
        Number four.
        Number five.
        Number six.
        Number seven.
        Number eight.
        Number nine.
        Number ten.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} What would you answer, right now?
        Here is a question for you: {q}
        {Q} Give yourself three seconds.
        Stop for a moment and think about this. {Q}
    """),
    why=pool(
        hook="""
            {Q} Take a guess before you go on.
            Here is the question of the day: {q}
            {Q} Say your first idea out loud.
            Do you have an answer to this one? {Q}
        """,
        where="Where would you look for the cause first: outside, inside or underneath?",
        who="""
            Who do you think was the first to ask this, and what made them wonder?
            Which expert would you call, and what would you ask first?
        """,
        look_closely="Start with what you can see. Which small detail could be a clue?",
        how="How could you test your guess with things you have at home?",
        years="If you had lived a hundred years ago, which answer would you have believed?",
        without="Suppose it were exactly the other way round. What else would change?",
        surprise="""
            Two ideas can both sound right. Which one would surprise you more?
            Turn your guess on its head. Does it still make sense?
        """,
        find_out="What would you have to find out to be really sure?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Let's take it one step at a time.
            Here is what we want to know today: {q}
            {Q} What would your first step be?
            Are you ready to think it through? {Q}
        """,
        where="Where does it begin? Name the first step, and only the first.",
        who="Who could show you, and which part should they repeat slowly?",
        look_closely="""
            Slow it right down. On which moment does everything depend?
            Which small thing would a beginner miss? Look for it.
        """,
        how="""
            Say the steps in order. At which one do you get stuck?
            Could you put it in three short steps for a friend?
        """,
        years="Would your grandparents have said the same? Ask them, if you can.",
        without="Leave out one step in your mind. Does it still work?",
        surprise="What could go wrong here, and how would you notice in time?",
        find_out="Which part would you like to see again, close up and slowly?",
        closing="""
            Your turn: put the steps in the comments, the way you see them.
            Save this, give it a try, and come back with what you learned.
            Do you know a better way? Tell us below.
            Do you know somebody who asks the same? Send it to them.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Count along and see which ones you can get.
            A little guessing game today: {s}.
            Ready for a quick challenge? {S}.
            {S}. How many could you name without looking them up?
        """,
        where="Where would you begin the list? Name the first one you think of.",
        who="Something that only an insider could tell you. Any idea?",
        look_closely="""
            Something you can see with your own eyes. What is your guess?
            One tiny detail that is easy to miss. Which one comes to mind?
        """,
        how="Something about how it works. Explain it in one breath.",
        years="One that your grandparents would have named as well. Which might it be?",
        without="The one thing that you could not leave out. What might it be?",
        surprise="""
            Something that is hard to believe. What have you heard?
            One for the doubters. True or made up? You decide.
        """,
        find_out="One that you would still have to look up. Which is it?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Come a little closer. This is the story: {s}.
            Close your eyes for a moment and imagine this. {S}.
            There is a story waiting for you: {s}.
            {S}. Listen, it is about to begin.
        """,
        where="Picture the place where it begins. What can you hear there?",
        who="""
            Somebody is standing there, quite alone. What would you call them?
            Somebody has a wish, and has told no one. Can you guess it?
        """,
        look_closely="Come closer. There is one small thing that nobody has noticed yet.",
        how="One step, and then another. Which way would you go from here?",
        years="Time goes by. It may be one night, it may be many years.",
        without="And then something is missing. Listen how quiet it is now.",
        surprise="""
            Wait. Did you see that? Nothing is as it was a moment ago.
            And there, when nobody is looking, everything turns.
        """,
        find_out="Slowly it becomes clear what all of this was for.",
        closing=_STORY_CLOSING,
    ),
    ad=pool(
        hook="""
            Take a moment and have a look at this: {s}.
            With pleasure, we introduce: {s}.
            {S}. What would you like to know first?
            Today it is all about this: {s}.
        """,
        where="Where in your day would there be a place for this?",
        who="""
            Who is the first person you would show this to?
            Who in your life would be happy about it?
        """,
        look_closely="""
            Take a closer look. What catches your eye first?
            Let your eyes wander slowly across it. Which detail do you like best?
        """,
        how="How would you begin: on your own, or with somebody you like?",
        years="Think of yourself one year from now. What will you be glad you tried?",
        without="What is missing from your day right now? Be honest.",
        surprise="What would it take to make you say wow?",
        find_out="What do you want to ask before you decide? Just ask.",
        closing="""
            {S}. Come and see for yourself.
            Curious? Have a closer look today: {s}.
            The choice is yours. {S}.
            Any questions? We are happy to answer them. {S}.
            Still curious? Ask us anything in the comments.
            Now it is your turn. Come by and see for yourself.
        """,
    ),
)

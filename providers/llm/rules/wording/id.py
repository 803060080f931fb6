"""Indonesian."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    Kalau menurutmu bagaimana? Tulis jawabanmu di komentar.
    Cari tahu hari ini, lalu ceritakan apa yang kamu temukan.
    Pertanyaan mana yang paling membekas? Tulis di bawah.
    Tanyakan kepada seseorang malam ini, lalu bawa jawabannya ke sini.
    Salah satunya pasti bisa kamu jawab. Yang mana?
"""
_GENERAL = pool(
    hook="""
        {S}. Gambaran apa yang pertama muncul di kepalamu?
        Hari ini hanya ada satu topik, dan inilah dia: {s}.
        Ucapkan keras-keras: {s}. Apa yang terlintas?
        Kalau kamu punya satu menit untuk bercerita, apa katamu? {S}.
        Tunggu sebentar. Hari ini kita mengobrol tentang {s}.
    """,
    where="""
        Dari mana semuanya bermula? Coba bayangkan tempat yang paling awal.
        {S}. Di mana kamu pertama kali menemuinya?
    """,
    who="""
        Siapa di sekitarmu yang paling paham, dan apa yang akan dia katakan?
        Sebut “{s}” kepada temanmu. Kira-kira apa yang dia bayangkan?
    """,
    look_closely="""
        Lihat lebih dekat. Apa yang baru pertama kali kamu sadari?
        Dekatkan sampai satu detail memenuhi layar. Detail yang mana?
        Bayangkan tepat di depanmu: {s}. Detail mana yang kamu lihat dulu?
    """,
    how="""
        Bagaimana kamu menjelaskannya kepada anak kecil, dalam satu kalimat?
        Ucapkan dalam satu kalimat yang dipahami anak kecil: {s}.
        Gambarlah dengan tiga garis saja. Kamu mulai dari mana?
    """,
    years="""
        Ingatlah sepuluh tahun silam, lalu bayangkan sepuluh tahun lagi. Apa yang tetap sama?
        {S}, seratus tahun dari sekarang. Apa yang kamu lihat?
        Bayangkan seseorang dari seratus tahun lalu. Apa katanya tentang ini?
    """,
    without="""
        Sekarang hilangkan semuanya. Apa yang kurang, dan siapa yang sadar lebih dulu?
        Bayangkan dunia tanpa {s}. Apa yang berubah lebih dulu?
    """,
    surprise="""
        Apa hal teraneh yang pernah kamu dengar? Dan benarkah itu?
        {S}. Adakah cerita yang tak pernah sepenuhnya kamu percaya?
        Kalau kamu ceritakan kepada nenek, apa yang paling mengejutkannya?
    """,
    find_out="""
        Kalau hanya boleh bertanya satu hal, apa yang akan kamu tanyakan?
        {S}. Pertanyaan apa yang belum pernah kamu ajukan?
        Kalau punya waktu satu jam, apa yang kamu cari lebih dulu?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Sari", "Budi"),
    ordinals=lines("""
        Yang pertama.
        Yang kedua.
        Yang ketiga.
        Yang keempat.
        Yang kelima.
        Yang keenam.
        Yang ketujuh.
        Yang kedelapan.
        Yang kesembilan.
        Yang kesepuluh.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} Apa jawabanmu sekarang juga?
        Ada satu pertanyaan untukmu: {q}
        {Q} Beri dirimu waktu tiga detik.
        Berhenti sebentar dan pikirkan ini. {Q}
    """),
    why=pool(
        hook="""
            {Q} Coba tebak dulu sebelum lanjut.
            Pertanyaan hari ini begini: {q}
            {Q} Ucapkan dugaan pertamamu keras-keras.
            Apakah kamu punya jawabannya? {Q}
        """,
        where="Di mana kamu akan mencari sebabnya dulu: di luar, di dalam, atau di bawah?",
        who="""
            Menurutmu siapa yang pertama menanyakan ini, dan karena melihat apa?
            Kalau bisa menelepon seorang ahli, apa yang kamu tanyakan dulu?
        """,
        look_closely="Mulai dari yang terlihat. Detail kecil mana yang bisa jadi petunjuk?",
        how="Bagaimana kamu bisa menguji tebakanmu dengan barang di rumah?",
        years="Kalau kamu hidup seratus tahun lalu, jawaban mana yang akan kamu percaya?",
        without="Andaikan justru sebaliknya. Apa lagi yang harus berubah?",
        surprise="""
            Dua dugaan bisa sama-sama masuk akal. Mana yang lebih mengejutkanmu?
            Balikkan tebakanmu. Masih masuk akalkah?
        """,
        find_out="Apa yang perlu kamu cari tahu supaya benar-benar yakin?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Mari kita ikuti selangkah demi selangkah.
            Inilah yang ingin kita tahu hari ini: {q}
            {Q} Apa langkah pertamamu?
            Siap memikirkannya bersama? {Q}
        """,
        where="Mulainya dari mana? Sebutkan langkah pertama, cukup yang pertama.",
        who="Siapa yang bisa menunjukkannya, dan bagian mana yang perlu diulang pelan-pelan?",
        look_closely="""
            Putar sangat lambat. Semuanya bergantung pada saat yang mana?
            Hal kecil apa yang akan dilewatkan pemula? Coba temukan.
        """,
        how="""
            Sebutkan langkahnya satu per satu. Di mana kamu tersendat?
            Bisakah kamu menjelaskannya kepada teman dalam tiga langkah pendek?
        """,
        years="Apakah kakek dan nenekmu akan bilang hal yang sama? Coba tanyakan.",
        without="Hilangkan satu langkah di benakmu. Masih bisakah?",
        surprise="Apa yang bisa salah, dan bagaimana kamu menyadarinya tepat waktu?",
        find_out="Bagian mana yang ingin kamu lihat lagi, dari dekat dan pelan?",
        closing="""
            Giliranmu: tulis langkah-langkahnya menurutmu di komentar.
            Simpan, coba sendiri, lalu ceritakan apa yang kamu pelajari.
            Punya cara yang lebih baik? Tulis di bawah.
            Ada teman yang bertanya hal yang sama? Kirim video ini kepadanya.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Hitung berapa yang bisa kamu tebak.
            Hari ini kita main tebak-tebakan. Temanya: {s}.
            Siap untuk tantangan singkat? {S}.
            {S}. Berapa yang bisa kamu sebut tanpa mencari?
        """,
        where="Kalau kamu, mulainya dari mana? Sebut yang pertama terlintas.",
        who="Sesuatu yang hanya diceritakan orang dalam. Ada bayangan?",
        look_closely="""
            Sesuatu yang bisa kamu lihat sendiri. Apa tebakanmu?
            Satu detail kecil yang mudah terlewat. Mana yang terlintas?
        """,
        how="Tentang cara kerjanya. Jelaskan dalam satu tarikan napas.",
        years="Satu yang juga akan disebut kakek dan nenekmu. Kira-kira apa?",
        without="Satu hal yang tidak boleh hilang. Kira-kira apa itu?",
        surprise="""
            Sesuatu yang sulit dipercaya. Apa yang pernah kamu dengar?
            Satu untuk yang ragu: benar atau karangan? Kamu yang menilai.
        """,
        find_out="Satu yang masih harus kamu cari tahu. Yang mana?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Mendekatlah sedikit. Beginilah kisahnya: {s}.
            Pejamkan matamu sebentar dan bayangkan ini. {S}.
            Ada sebuah kisah yang menunggumu: {s}.
            {S}. Dengarkan, kisahnya segera dimulai.
        """,
        where="Bayangkan tempat kisah ini bermula. Apa yang terdengar di sana?",
        who="""
            Seseorang berdiri di sana seorang diri. Nama apa yang cocok untuknya?
            Ada sebuah keinginan yang belum diceritakan kepada siapa pun. Bisa tebak?
        """,
        look_closely="Lebih dekat lagi. Ada benda kecil yang belum dilihat siapa pun.",
        how="Satu langkah, lalu satu langkah lagi. Kamu akan pergi ke arah mana?",
        years="Waktu berlalu. Mungkin semalam, mungkin bertahun-tahun.",
        without="Lalu ada yang hilang. Dengarkan, betapa sunyinya sekarang.",
        surprise="""
            Tunggu. Kamu lihat itu? Semuanya tak lagi seperti tadi.
            Dan saat tak ada yang melihat, semuanya berbalik.
        """,
        find_out="Perlahan menjadi jelas untuk apa semua ini terjadi.",
        closing="""
            Lalu bagaimana akhirnya? Bagian itu kamu yang cerita.
            Tulislah kalimat terakhirnya. Kami membaca komentar.
            Akhirnya masih terbuka. Kamu ingin apa yang terjadi?
            Ceritakan kepada seseorang malam ini, dengan kata-katamu sendiri.
        """,
    ),
    ad=pool(
        hook="""
            Luangkan waktu sebentar dan lihat ini: {s}.
            Kami ingin memperkenalkan sesuatu. {S}.
            {S}. Apa yang ingin kamu tahu lebih dulu?
            Hari ini semuanya tentang ini: {s}.
        """,
        where="Di bagian mana dari harimu ini akan terasa pas?",
        who="""
            Kepada siapa kamu akan menunjukkannya pertama kali?
            Siapa orang terdekatmu yang akan senang karenanya?
        """,
        look_closely="""
            Lihat lebih dekat. Apa yang pertama menarik matamu?
            Perhatikan pelan-pelan dari ujung ke ujung. Detail mana yang kamu suka?
        """,
        how="Bagaimana kamu ingin memulai: sendiri, atau bersama orang tersayang?",
        years="Bayangkan dirimu setahun lagi. Apa yang kamu syukuri pernah dicoba?",
        without="Apa yang kurang dari harimu saat ini? Jujur saja.",
        surprise="Apa yang harus terjadi supaya kamu bilang wow?",
        find_out="Apa yang ingin kamu tanyakan sebelum memilih? Tanyakan saja.",
        closing="""
            {S}. Datang dan lihat sendiri.
            Penasaran? Lihat lebih dekat hari ini: {s}.
            Pilihan ada di tanganmu. {S}.
            Ada pertanyaan? Kami senang menjawabnya. {S}.
            Masih penasaran? Tanyakan saja di komentar.
            Sekarang giliranmu: mampirlah dan lihat dari dekat.
        """,
    ),
)

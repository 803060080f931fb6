"""Turkish: the subject stands bare (`{s} deyince`, `{s} olmasaydı`) or after a colon, without a suffix."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    Peki sen ne diyorsun? Cevabını yorumlara yaz.
    Bugün araştır ve ne bulduğunu bize anlat.
    Hangi soru aklında kaldı? Aşağıya yaz.
    Bu akşam birine sor ve cevabını buraya getir.
    Bunlardan birini mutlaka cevaplayabilirsin. Hangisini?
"""
_GENERAL = pool(
    hook="""
        {S} deyince aklında ilk hangi görüntü canlanıyor?
        Bugün tek bir konumuz var, o da şu: {s}.
        Yüksek sesle söyle: {s}. Aklına ne geliyor?
        Anlatmak için bir dakikan olsaydı ne derdin? {S}.
        {S} hakkında bir soru sorulsa ilk ne söylerdin?
    """,
    where="""
        Her şey nerede başlıyor? O ilk yeri gözünde canlandırmaya çalış.
        {S} ile ilk nerede karşılaştın? O anı hatırla.
    """,
    who="""
        Çevrende bunu en iyi kim biliyor ve sana ne söylerdi?
        Bir arkadaşına “{s}” de. Sence gözünde ne canlanır?
    """,
    look_closely="""
        Yakından bak. İlk defa fark ettiğin şey ne?
        Tek bir ayrıntı ekranı kaplayana kadar yaklaş. Hangi ayrıntı bu?
        Tam karşında olduğunu düşün: {s}. İlk hangi ayrıntıyı görüyorsun?
    """,
    how="""
        Bunu bir çocuğa tek bir cümleyle nasıl anlatırdın?
        Bir çocuğun anlayacağı tek bir cümle kur: {s}.
        Onu yalnızca üç çizgiyle çiz. Hangisiyle başlarsın?
    """,
    years="""
        On yıl öncesini ve on yıl sonrasını düşün. Aynı kalan ne?
        {S}, bundan yüz yıl sonra. Ne görüyorsun?
        Yüz yıl öncesinden birini düşün. Bütün bunlara ne derdi?
    """,
    without="""
        Şimdi hepsini ortadan kaldır. Ne eksik kalırdı, ilk kim fark ederdi?
        {S} olmasaydı dünya nasıl olurdu? İlk ne değişirdi?
    """,
    surprise="""
        Bu konuda duyduğun en tuhaf şey ne? Sence doğru mu?
        {S} hakkında hiç tam inanamadığın bir hikâye var mı?
        Büyükannene anlatsan, onu en çok ne şaşırtırdı?
    """,
    find_out="""
        Tek bir soru sorma hakkın olsaydı ne sorardın?
        {S}. Şimdiye dek kimseye sormadığın soru ne?
        Boş bir saatin olsaydı ilk neyi araştırırdın?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Elif", "Deniz"),
    ordinals=lines("""
        Birincisi.
        İkincisi.
        Üçüncüsü.
        Dördüncüsü.
        Beşincisi.
        Altıncısı.
        Yedincisi.
        Sekizincisi.
        Dokuzuncusu.
        Onuncusu.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} Şu anda cevap versen ne derdin?
        Sana bir sorum var: {q}
        {Q} Kendine üç saniye ver.
        Bir an dur ve bunu düşün. {Q}
    """),
    why=pool(
        hook="""
            {Q} Devam etmeden önce tahmin et.
            Günün sorusu şu: {q}
            {Q} Aklına ilk geleni yüksek sesle söyle.
            Buna bir cevabın var mı? {Q}
        """,
        where="Sebebi önce nerede arardın: dışarıda mı, içeride mi, altında mı?",
        who="""
            Sence bunu ilk kim sordu ve onu ne meraklandırdı?
            Bir uzmanı arayabilseydin ilk ne sorardın?
        """,
        look_closely="Görebildiklerinle başla. Hangi küçük ayrıntı ipucu olabilir?",
        how="Tahminini evdeki basit şeylerle nasıl sınayabilirsin?",
        years="Yüz yıl önce yaşasaydın hangi cevaba inanırdın?",
        without="Diyelim ki tam tersi olsun. Başka neler değişirdi?",
        surprise="""
            İki fikir de kulağa doğru gelebilir. Hangisi seni daha çok şaşırtırdı?
            Tahminini tersine çevir. Hâlâ mantıklı mı?
        """,
        find_out="Gerçekten emin olmak için neyi öğrenmen gerekirdi?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Haydi adım adım gidelim.
            Bugün öğrenmek istediğimiz şey şu: {q}
            {Q} İlk adımın ne olurdu?
            Birlikte düşünmeye hazır mısın? {Q}
        """,
        where="Nereden başlanır? İlk adımı söyle, yalnızca ilk adımı.",
        who="Sana kim gösterebilir ve hangi kısmı yavaşça tekrar etmeli?",
        look_closely="""
            Ağır çekimde izle. Her şey hangi ana bağlı?
            Yeni başlayan biri hangi küçük şeyi kaçırır? Bul bakalım.
        """,
        how="""
            Adımları sırayla söyle. Hangisinde takılıyorsun?
            Bir arkadaşına üç kısa adımda anlatabilir misin?
        """,
        years="Büyükannenle büyükbaban da aynısını mı söylerdi? Fırsat bulursan sor.",
        without="Aklından bir adımı çıkar. Yine de olur mu?",
        surprise="Ne ters gidebilir ve bunu zamanında nasıl anlarsın?",
        find_out="Hangi kısmı bir daha, yakından ve yavaşça görmek istersin?",
        closing="""
            Sıra sende: adımları kendi gördüğün gibi yorumlara yaz.
            Kaydet, dene ve ne öğrendiğini gelip anlat.
            Daha iyi bir yol biliyor musun? Aşağıya yaz.
            Aynı şeyi merak eden biri var mı? Bu videoyu ona gönder.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Kaçını bileceğini benimle birlikte say.
            Bugün küçük bir tahmin oyunu oynuyoruz: {s}.
            Kısa bir meydan okumaya hazır mısın? {S}.
            {S}. Hiç araştırmadan kaç tane söyleyebilirsin?
        """,
        where="Listeye sen olsan nereden başlardın? Aklına ilk geleni söyle.",
        who="Yalnızca işin içinde olan birinin anlatacağı bir şey. Fikrin var mı?",
        look_closely="""
            Kendi gözünle görebileceğin bir şey. Tahminin ne?
            Kolayca gözden kaçan küçük bir ayrıntı. Aklına hangisi geliyor?
        """,
        how="Nasıl işlediğiyle ilgili. Bir nefeste anlat bakalım.",
        years="Büyükannenle büyükbabanın da söyleyeceği bir tane. Hangisi olabilir?",
        without="Asla çıkarılamayacak o tek şey. Sence ne olabilir?",
        surprise="""
            İnanması zor bir şey. Bu konuda neler duydun?
            Şüpheciler için bir tane: doğru mu, uydurma mı? Karar senin.
        """,
        find_out="Hâlâ araştırman gereken bir tane. Hangisi o?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Biraz daha yaklaş. Hikâyemiz şöyle: {s}.
            Bir an gözlerini kapat ve hayal et. {S}.
            Seni bekleyen bir hikâye var: {s}.
            {S}. Dinle, birazdan başlıyor.
        """,
        where="Hikâyenin başladığı yeri hayal et. Orada ne duyuluyor?",
        who="""
            Orada biri tek başına duruyor. Ona hangi adı verirdin?
            Birinin kimseye söylemediği bir dileği var. Tahmin eder misin?
        """,
        look_closely="Daha da yaklaş. Henüz kimsenin fark etmediği küçük bir şey var.",
        how="Bir adım, sonra bir adım daha. Sen hangi yöne giderdin?",
        years="Zaman geçiyor. Belki bir gece, belki uzun yıllar.",
        without="Sonra bir şey eksiliyor. Dinle, ne kadar sessiz oldu.",
        surprise="""
            Dur. Gördün mü? Artık hiçbir şey az önceki gibi değil.
            Ve tam kimse bakmazken her şey tersine dönüyor.
        """,
        find_out="Bütün bunların ne için olduğu yavaş yavaş anlaşılıyor.",
        closing="""
            Peki nasıl bitiyor? O kısmı sen anlatacaksın.
            Son cümleyi sen yaz. Yorumları okuyoruz.
            Son hâlâ açık. Ne olmasını isterdin?
            Bu akşam birine kendi sözlerinle anlat.
        """,
    ),
    ad=pool(
        hook="""
            Bir dakikanı ayır ve şuna bir bak: {s}.
            Sana bir şey tanıtmak istiyoruz. {S}.
            {S}. İlk olarak neyi bilmek istersin?
            Bugün her şey bunun etrafında: {s}.
        """,
        where="Gününün hangi anında buna yer olurdu?",
        who="""
            Bunu ilk olarak kime gösterirdin?
            Sevdiklerinden kim buna en çok sevinirdi?
        """,
        look_closely="""
            Daha yakından bak. Gözüne ilk çarpan ne?
            Gözlerini yavaşça üzerinde gezdir. En çok hangi ayrıntıyı beğendin?
        """,
        how="Nasıl başlardın: kendi başına mı, sevdiğin biriyle mi?",
        years="Bir yıl sonraki hâlini düşün. Neyi denediğine sevineceksin?",
        without="Şu anda gününde eksik olan ne? Dürüst ol.",
        surprise="Sana vay be dedirtmek için ne olması gerekirdi?",
        find_out="Karar vermeden önce ne sormak istersin? Çekinmeden sor.",
        closing="""
            {S}. Gel ve kendi gözlerinle gör.
            Merak mı ettin? Bugün daha yakından bak: {s}.
            Seçim tamamen sana kalmış. {S}.
            Soruların mı var? Seve seve yanıtlarız. {S}.
            Daha fazlasını bilmek ister misin? Yorumlarda bize sor.
            Şimdi sıra sende: uğra ve yakından gör.
        """,
    ),
)

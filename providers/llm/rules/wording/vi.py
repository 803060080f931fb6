"""Vietnamese."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    Còn bạn thì sao? Hãy viết câu trả lời vào phần bình luận.
    Hôm nay hãy tìm thử, rồi kể cho chúng tôi nghe bạn tìm được gì.
    Câu hỏi nào làm bạn nhớ nhất? Hãy viết ở bên dưới.
    Tối nay hãy hỏi một người, rồi mang câu trả lời đến đây nhé.
    Chắc chắn có một câu bạn trả lời được. Câu nào vậy?
"""
_GENERAL = pool(
    hook="""
        {S}. Hình ảnh nào hiện ra trong đầu bạn trước tiên?
        Hôm nay chỉ có một chủ đề, đó là: {s}.
        Hãy nói to lên: {s}. Bạn nghĩ đến điều gì?
        Nếu có một phút để kể, bạn sẽ nói gì? {S}.
        Dừng lại một chút nhé. Hôm nay mình nói về {s}.
    """,
    where="""
        Mọi thứ bắt đầu từ đâu? Hãy thử hình dung nơi đầu tiên ấy.
        {S}. Lần đầu tiên bạn gặp điều này là ở đâu?
    """,
    who="""
        Quanh bạn ai hiểu rõ chuyện này nhất, và người đó sẽ nói gì?
        Hãy nói “{s}” với một người bạn. Theo bạn, người ấy sẽ nghĩ đến gì?
    """,
    look_closely="""
        Hãy nhìn thật gần. Điều gì lần đầu tiên bạn nhận ra?
        Tiến lại gần cho đến khi một chi tiết chiếm trọn màn hình. Đó là gì?
        Hãy hình dung ngay trước mắt: {s}. Bạn thấy chi tiết nào trước?
    """,
    how="""
        Bạn sẽ giải thích điều này cho một em bé thế nào, chỉ trong một câu?
        Hãy nói bằng một câu mà trẻ nhỏ cũng hiểu: {s}.
        Hãy vẽ bằng ba nét thôi. Bạn sẽ vẽ gì trước?
    """,
    years="""
        Hãy nghĩ về mười năm trước và mười năm sau. Điều gì vẫn như cũ?
        {S}, một trăm năm sau. Bạn nhìn thấy gì?
        Hãy nghĩ đến một người sống cách đây trăm năm. Họ sẽ nói gì?
    """,
    without="""
        Bây giờ hãy bỏ hết đi. Sẽ thiếu điều gì, và ai nhận ra trước?
        Hãy tưởng tượng một thế giới không có {s}. Điều gì sẽ đổi khác trước?
    """,
    surprise="""
        Điều lạ nhất bạn từng nghe về chuyện này là gì? Có thật không nhỉ?
        {S}. Có câu chuyện nào bạn chưa bao giờ tin hẳn không?
        Nếu bạn kể cho bà nghe, điều gì làm bà ngạc nhiên nhất?
    """,
    find_out="""
        Nếu chỉ được hỏi đúng một câu, bạn sẽ hỏi gì?
        {S}. Có câu hỏi nào bạn chưa từng hỏi ai không?
        Nếu có một giờ rảnh, bạn sẽ tìm hiểu điều gì trước?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Lan", "Minh"),
    ordinals=lines("""
        Thứ nhất.
        Thứ hai.
        Thứ ba.
        Thứ tư.
        Thứ năm.
        Thứ sáu.
        Thứ bảy.
        Thứ tám.
        Thứ chín.
        Thứ mười.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} Nếu phải trả lời ngay, bạn sẽ nói gì?
        Có một câu hỏi dành cho bạn: {q}
        {Q} Hãy cho mình ba giây suy nghĩ.
        Dừng lại một chút và nghĩ thử xem. {Q}
    """),
    why=pool(
        hook="""
            {Q} Hãy đoán trước khi xem tiếp.
            Câu hỏi của ngày hôm nay: {q}
            {Q} Hãy nói to ý nghĩ đầu tiên của bạn.
            Bạn đã có câu trả lời chưa? {Q}
        """,
        where="Bạn sẽ tìm nguyên nhân ở đâu trước: bên ngoài, bên trong hay bên dưới?",
        who="""
            Theo bạn, ai là người đầu tiên hỏi điều này, và vì đã thấy gì?
            Nếu được gọi cho một chuyên gia, bạn sẽ hỏi gì trước?
        """,
        look_closely="Hãy bắt đầu từ những gì nhìn thấy. Chi tiết nhỏ nào có thể là manh mối?",
        how="Làm sao để thử điều bạn đoán bằng những thứ có sẵn trong nhà?",
        years="Nếu sống cách đây một trăm năm, bạn sẽ tin câu trả lời nào?",
        without="Giả sử mọi chuyện ngược lại hoàn toàn. Còn điều gì phải đổi theo?",
        surprise="""
            Hai ý kiến đều có thể nghe hợp lý. Ý nào làm bạn bất ngờ hơn?
            Hãy lật ngược điều bạn đoán. Nghe có còn hợp lý không?
        """,
        find_out="Bạn cần tìm hiểu thêm điều gì để thật sự chắc chắn?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Mình cùng đi từng bước một nhé.
            Đây là điều hôm nay mình muốn biết: {q}
            {Q} Bước đầu tiên của bạn sẽ là gì?
            Bạn sẵn sàng cùng suy nghĩ chưa? {Q}
        """,
        where="Bắt đầu từ đâu đây? Hãy nói bước đầu tiên, chỉ một bước thôi.",
        who="Ai có thể chỉ cho bạn, và phần nào nên làm lại thật chậm?",
        look_closely="""
            Hãy xem thật chậm. Mọi thứ phụ thuộc vào khoảnh khắc nào?
            Người mới sẽ bỏ sót điều nhỏ nào? Hãy thử tìm xem.
        """,
        how="""
            Hãy nói các bước theo thứ tự. Bạn vướng ở bước nào?
            Bạn có thể kể cho một người bạn trong ba bước ngắn không?
        """,
        years="Ông bà của bạn có nói giống vậy không? Nếu được, hãy hỏi thử.",
        without="Hãy bỏ đi một bước trong đầu. Như vậy có còn được không?",
        surprise="Điều gì có thể trục trặc, và làm sao nhận ra kịp lúc?",
        find_out="Phần nào bạn muốn xem lại, thật gần và thật chậm?",
        closing="""
            Đến lượt bạn: hãy viết các bước theo cách của bạn vào bình luận.
            Lưu lại, làm thử, rồi quay lại kể bạn đã học được gì.
            Bạn biết cách hay hơn không? Hãy viết ở bên dưới.
            Có ai cũng đang hỏi điều này không? Hãy gửi cho người đó.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Hãy cùng đếm xem bạn đoán được mấy điều.
            Hôm nay mình chơi trò đoán nhé. Chủ đề là: {s}.
            Sẵn sàng cho một thử thách ngắn chưa? {S}.
            {S}. Không cần tra cứu, bạn kể được mấy điều?
        """,
        where="Bạn sẽ bắt đầu từ đâu? Hãy nói điều đầu tiên bạn nghĩ đến.",
        who="Một điều mà chỉ người trong nghề mới kể. Bạn có đoán ra không?",
        look_closely="""
            Một điều có thể nhìn thấy bằng mắt. Bạn đoán là gì?
            Một chi tiết nhỏ rất dễ bỏ qua. Bạn nghĩ đến chi tiết nào?
        """,
        how="Một điều về cách nó diễn ra. Hãy nói trong một hơi thở.",
        years="Một điều mà ông bà bạn cũng sẽ kể. Đó có thể là gì?",
        without="Điều duy nhất không thể bỏ đi. Theo bạn đó là gì?",
        surprise="""
            Một điều thật khó tin. Bạn đã nghe kể những gì?
            Dành cho người hay nghi ngờ: thật hay bịa? Bạn quyết định nhé.
        """,
        find_out="Một điều bạn vẫn phải đi tìm. Đó là điều nào?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Lại gần đây một chút. Câu chuyện là thế này: {s}.
            Hãy nhắm mắt một lát và hình dung. {S}.
            Có một câu chuyện đang chờ bạn: {s}.
            {S}. Hãy lắng nghe, chuyện sắp bắt đầu.
        """,
        where="Hãy hình dung nơi câu chuyện bắt đầu. Ở đó nghe thấy gì?",
        who="""
            Có ai đó đang đứng một mình. Bạn sẽ đặt tên gì cho người ấy?
            Có một điều ước chưa kể với ai bao giờ. Bạn đoán được không?
        """,
        look_closely="Lại gần hơn nữa. Có một vật nhỏ mà chưa ai để ý.",
        how="Một bước, rồi thêm một bước. Bạn sẽ đi về hướng nào?",
        years="Thời gian trôi. Có thể là một đêm, có thể là nhiều năm.",
        without="Rồi có gì đó biến mất. Hãy nghe xem, bây giờ thật yên ắng.",
        surprise="""
            Khoan đã. Bạn có thấy không? Chẳng còn gì giống lúc nãy.
            Và đúng lúc không ai nhìn, mọi thứ đảo ngược.
        """,
        find_out="Dần dần mới rõ tất cả những điều này là vì đâu.",
        closing="""
            Rồi chuyện kết thúc ra sao? Phần đó là của bạn.
            Hãy viết câu cuối cùng. Chúng tôi đọc phần bình luận.
            Cái kết vẫn còn để ngỏ. Bạn muốn điều gì xảy ra?
            Tối nay hãy kể cho ai đó, bằng lời của riêng bạn.
        """,
    ),
    ad=pool(
        hook="""
            Dành một chút thời gian để xem nhé: {s}.
            Chúng tôi muốn giới thiệu với bạn. {S}.
            {S}. Bạn muốn biết điều gì trước tiên?
            Hôm nay tất cả xoay quanh điều này: {s}.
        """,
        where="Trong một ngày của bạn, lúc nào là hợp nhất?",
        who="""
            Bạn muốn cho ai xem đầu tiên? Hãy nghĩ đến người đó.
            Trong những người thân, ai sẽ vui vì điều này?
        """,
        look_closely="""
            Hãy nhìn gần hơn. Điều gì làm bạn chú ý trước tiên?
            Hãy ngắm thật chậm từ đầu đến cuối. Bạn thích chi tiết nào nhất?
        """,
        how="Bạn muốn bắt đầu thế nào: một mình hay cùng người mình quý?",
        years="Hãy nghĩ đến mình một năm sau. Bạn sẽ mừng vì đã thử điều gì?",
        without="Ngay lúc này, một ngày của bạn còn thiếu gì? Nói thật nhé.",
        surprise="Phải có điều gì thì bạn mới thốt lên ngạc nhiên?",
        find_out="Trước khi quyết định, bạn muốn hỏi gì? Cứ hỏi nhé.",
        closing="""
            {S}. Hãy đến và tự mình xem thử.
            Tò mò rồi phải không? Hôm nay hãy xem kỹ hơn: {s}.
            Lựa chọn là của bạn. {S}.
            Bạn có câu hỏi? Chúng tôi sẵn lòng trả lời. {S}.
            Bạn còn muốn biết thêm? Cứ hỏi trong phần bình luận.
            Giờ đến lượt bạn: hãy ghé qua và xem tận mắt.
        """,
    ),
)

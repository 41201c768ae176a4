"""The language of a text from 200 characters of it, composed for the purpose."""

import pytest

from generator.readers.tongues import fit, script_of_text, tongue_of

# About 200 characters each, on one plain event: a bridge over the river was opened.
TEXTS = {
    "ur": "شہر کے مغرب میں دریا پر نیا پل کھول دیا گیا ہے جس سے گاؤں کے لوگوں کو بازار تک پہنچنے میں اب ایک گھنٹے کے بجائے دس منٹ لگیں گے۔ وزیر نے کہا کہ کام دو سال میں مکمل ہوا۔",
    "ar": "افتتح الوزير جسرا جديدا على النهر غرب المدينة، وقال إن العمل استمر عامين كاملين وإن سكان القرى سيصلون إلى السوق في عشر دقائق بعد أن كانت الرحلة تستغرق ساعة من الزمن.",
    "fa": "پل تازه‌ای بر روی رودخانه در غرب شهر باز شد و مردم روستاها می‌توانند در ده دقیقه به بازار برسند. وزیر گفت که این کار دو سال طول کشید و هزینه آن از پیش پرداخت شده بود.",
    "prs": "قوماندان امنیه ولایت بدخشان گفت که پولیس در ولسوالی راغ یک موتر را توقف داد و چهار تن را با خود به ولسوالی برد. داکتران شفاخانه می‌گویند که بیست فیصد زخمیان عساکر هستند.",
    "ps": "د ښار په لوېدیځ کې پر سیند نوی پل پرانیستل شو او د کلیو خلک به له دې وروسته بازار ته په لسو دقیقو کې ورسېږي. وزیر وویل چې کار دوه کاله وخت ونیو او لګښت یې له مخکې ورکړل شوی و.",
    "sd": "شهر جي اولهه ۾ درياهه تي نئين پل کولي وئي آهي، جنهن سان ڳوٺن جا ماڻهو هاڻي ڏهن منٽن ۾ بازار پهچي سگهندا. وزير چيو ته ڪم ٻن سالن ۾ پورو ٿيو ۽ خرچ اڳ ۾ ئي ڏنو ويو هو.",
    "ckb": "پردێکی نوێ لەسەر ڕووبارەکە لە ڕۆژئاوای شار کرایەوە و خەڵکی گوندەکان ئێستا دەتوانن بە دە خولەک بگەنە بازاڕ. وەزیر وتی کە کارەکە دوو ساڵی خایاند و بۆ ئەو کارە پارە دابین کرابوو.",
    "ug": "شەھەرنىڭ غەربىدىكى دەريا ئۈستىگە يېڭى كۆۋرۈك سېلىندى ۋە يېزا خەلقى ئەمدى بازارغا ئون مىنۇتتا بارالايدۇ. مىنىستىر بۇ خىزمەتنىڭ ئىككى يىل داۋام قىلغانلىقىنى ۋە پۇلنىڭ بىلەن بېرىلگەنلىكىنى ئېيتتى.",
    "he": "גשר חדש נפתח על הנהר במערב העיר, ותושבי הכפרים יגיעו אל השוק בתוך עשר דקות. השר אמר כי העבודה נמשכה שנתיים וכי הכסף היה מוכן עוד לפני כן, אבל לא כל הדרכים נסללו.",
    "yi": "א נײַע בריק איז געעפֿנט געוואָרן איבערן טײַך אין מערבֿ פֿון דער שטאָט, און די מענטשן פֿון די דערפֿער קענען איצט קומען צום מאַרק אין צען מינוט. דער מיניסטער האָט געזאָגט אַז די אַרבעט האָט געדויערט צוויי יאָר.",
    "en": "A new bridge over the river was opened in the west of the town, and the people of the villages will now reach the market in ten minutes. The minister said that the work had taken two years.",
    "ru": "На западе города открыли новый мост через реку, и жители деревень теперь будут добираться до рынка за десять минут. Министр сказал, что работа заняла два года и была оплачена заранее.",
    "uk": "На заході міста відкрили новий міст через річку, і мешканці сіл тепер будуть діставатися до ринку за десять хвилин. Міністр сказав, що робота тривала два роки й була оплачена заздалегідь.",
    "sr-Cyrl": "На западу града отворен је нови мост преко реке и људи из села ће сада за десет минута стићи до пијаце. Министар је рекао да су радови трајали две године и да је новац био обезбеђен.",
    "sr-Latn": "Na zapadu grada otvoren je novi most preko reke i ljudi iz sela će sada za deset minuta stići do pijace. Ministar je rekao da su radovi trajali dve godine i da je novac bio obezbeđen.",
    "tr": "Kentin batısında nehrin üzerine yeni bir köprü açıldı ve köylerde yaşayanlar artık çarşıya on dakikada varacak. Bakan, çalışmanın iki yıl sürdüğünü ve paranın daha önce ödenmiş olduğunu söyledi.",
    "az": "Şəhərin qərbində çayın üzərində yeni körpü açıldı və kəndlərdə yaşayan insanlar indi bazara on dəqiqəyə çatacaqlar. Nazir dedi ki, iş iki il çəkib və bunun üçün pul əvvəldən ayrılmışdı.",
    "fr": "Un nouveau pont sur la rivière a été ouvert à l'ouest de la ville, et les habitants des villages arriveront désormais au marché en dix minutes. Le ministre a dit que les travaux avaient duré deux ans.",
    "es": "Un nuevo puente sobre el río fue abierto en el oeste de la ciudad, y la gente de los pueblos llegará ahora al mercado en diez minutos. El ministro dijo que la obra había durado dos años.",
    "pt": "Uma nova ponte sobre o rio foi aberta no oeste da cidade, e as pessoas das aldeias chegarão agora ao mercado em dez minutos. O ministro disse que a obra não durou mais do que dois anos.",
    "de": "Im Westen der Stadt ist eine neue Brücke über den Fluss eröffnet worden, und die Menschen aus den Dörfern werden den Markt nun in zehn Minuten erreichen. Der Minister sagte, die Arbeit habe zwei Jahre gedauert.",
    "id": "Sebuah jembatan baru di atas sungai telah dibuka di barat kota, dan warga desa kini akan tiba di pasar dalam sepuluh menit. Menteri mengatakan bahwa pekerjaan itu berlangsung selama dua tahun.",
    "so": "Buundo cusub oo webiga laga dul dhisay ayaa laga furay galbeedka magaalada, dadka tuulooyinka ku nool ayaana hadda suuqa ku gaari doona toban daqiiqo. Wasiirka ayaa sheegay in shaqadu ay socotay laba sano.",
    "sw": "Daraja jipya juu ya mto limefunguliwa magharibi mwa mji, na watu wa vijiji sasa watafika sokoni kwa dakika kumi. Waziri alisema kuwa kazi hiyo ilichukua miaka miwili na fedha zake zililipwa kabla ya hapo.",
    "ha": "An bude sabuwar gada a kan kogi a yammacin garin, kuma mutanen kauyuka za su rika isa kasuwa cikin minti goma. Ministan ya ce aikin ya dauki shekara biyu ne kuma an biya kudin tun da farko.",
    "vi": "Một cây cầu mới bắc qua sông đã được mở ở phía tây thành phố, và người dân các làng nay sẽ đến chợ trong mười phút. Bộ trưởng nói rằng công việc đã kéo dài hai năm và tiền đã được trả từ trước.",
    "hi": "शहर के पश्चिम में नदी पर नया पुल खोल दिया गया है और गांव के लोग अब दस मिनट में बाज़ार पहुंच सकेंगे। मंत्री ने कहा कि काम दो साल में पूरा हुआ और उसके लिए पैसा पहले ही दे दिया गया था।",
    "mr": "शहराच्या पश्चिमेला नदीवर नवा पूल सुरू झाला आहे आणि गावातील लोक आता दहा मिनिटांत बाजारात पोहोचतील. मंत्र्यांनी सांगितले की हे काम दोन वर्षे चालले होते आणि त्यासाठी पैसे आधीच दिले होते.",
    "ne": "सहरको पश्चिममा नदीमाथि नयाँ पुल खुलेको छ र गाउँका मानिस अब दस मिनेटमा बजार पुग्नेछन्। मन्त्रीले काम दुई वर्षमा सकिएको र पैसा पहिले नै दिइएको बताए। यो पुल सबैका लागि हो भन्ने उनको भनाइ छ।",
    "zh-Hans": "城西横跨河流的新桥已经开通，村里的人们现在十分钟就能到达市场。部长说，这项工程历时两年，经费早已经拨付，还说他们对这个结果很满意，因为来往的时间会大大缩短。",
    "zh-Hant": "城西橫跨河流的新橋已經開通，村裡的人們現在十分鐘就能到達市場。部長說，這項工程歷時兩年，經費早已經撥付，還說他們對這個結果很滿意，因為來往的時間會大大縮短。",
    "ja": "町の西で川に新しい橋が開通し、村の人々は十分で市場に着けるようになった。大臣は、工事には二年かかったと述べた。",
    "ko": "도시 서쪽 강 위에 새 다리가 열려 마을 사람들은 이제 십 분이면 시장에 갈 수 있다. 장관은 공사가 이 년 걸렸다고 말했다.",
    "am": "በከተማዋ ምዕራብ በወንዙ ላይ አዲስ ድልድይ ተከፍቷል፤ የመንደሮቹ ሰዎች ወደ ገበያ በአስር ደቂቃ ውስጥ ይደርሳሉ። ሚኒስትሩ ሥራው ሁለት ዓመት እንደ ፈጀ ተናግረዋል፤ ይህ ግን ጥሩ ጊዜ ነው ብለዋል።",
    "ti": "ኣብ ምዕራብ እታ ከተማ ኣብ ልዕሊ ሩባ ሓድሽ ድልድል ተኸፊቱ ኣሎ፤ ሰባት ናይ ዓድታት ድማ ኣብ ውሽጢ ዓሰርተ ደቓይቕ ናብ ዕዳጋ ክበጽሑ እዮም። ሚኒስተር እቲ ስራሕ ክልተ ዓመት ከምዝወሰደ ተዛሪቡ።",
}  # fmt: skip


@pytest.mark.parametrize("code", TEXTS)
def test_two_hundred_characters_tell_the_language(code: str) -> None:
    found = tongue_of(TEXTS[code][:200])
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("code", ["ur", "fa"])
def test_arabic_forms_of_yeh_and_kaf_do_not_mislead(code: str) -> None:
    found = tongue_of(TEXTS[code].translate(str.maketrans("یک", "يك"))[:200])
    assert found is not None
    assert found.code == code


def test_only_the_languages_of_the_site_are_considered() -> None:
    found = tongue_of(TEXTS["fa"], ("ur", "ar"))
    assert found is not None
    assert found.code in ("ur", "ar")


def test_a_text_of_numbers_has_no_script_and_no_language() -> None:
    assert script_of_text("12.5 | 13.7 - 2017") == "Zyyy"
    assert tongue_of("12.5 | 13.7") is None


def test_two_words_at_least_tell_the_direction() -> None:
    found = tongue_of("ٹھ")
    assert found is not None
    assert found.script == "Arab"


def test_words_fit_a_text_and_not_its_wrong_decoding() -> None:
    right = TEXTS["ar"]
    wrong = right.encode("windows-1256").decode("windows-1252", "replace")
    assert fit(right)[2] > 15
    assert fit(wrong)[2] < 5

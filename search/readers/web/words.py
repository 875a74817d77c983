"""What elements, names and words of pages tell that a piece of them is no text of an article."""

import re

NEVER = frozenset(
    """script style noscript template svg math iframe object embed canvas audio video picture map form button select
    input textarea label nav footer aside figure figcaption dialog menu head link meta""".split()
)
"""Elements that hold no text of an article."""

BLOCKS = frozenset(
    """address article blockquote body center dd details div dl dt fieldset h1 h2 h3 h4 h5 h6 header hr html li main
    ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
"""Elements that begin a line of their own."""

HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
ROLES = frozenset("navigation banner complementary contentinfo search dialog alert menu menubar toolbar form".split())
"""What ``role`` says of elements around an article (WAI-ARIA landmarks)."""


def _any(words: str) -> str:
    """A pattern for one of some words; ``_`` stands for a space in it."""
    return "|".join(word.replace("_", " ") for word in words.split())


AROUND = re.compile(
    r"(?:^|[\s_]|(?<!\bhas)(?<!\bwith)(?<!\bno)-)(?:"
    + _any(
        r"""comments? commentaires? reactions? shar(?:e|ing) partag\w* social\w* related relies? liens?-utiles
        newsletters? promo\w* ads? adverts? advertis\w* pub publicite sponsor\w* cookies? consent gdpr rgpd banner
        breadcrumbs? fil-ariane menus? nav navbar navigation sidebars? widgets? tags tag(?=\s|$)
        tag-?(?:list|cloud|links?) keywords
        lire-aussi a-lire alire voir-aussi read-?(?:also|more|next) also-read see-also more-on recommend\w*
        recirc\w* popular most-?(?:read|viewed) plus-lus outbrain taboola teads captions? legendes? credits?
        copyrights? paywall subscri\w* abonne\w* sign-?up login footer pagination pager players? print-?only
        sr-only visually-hidden screen-reader\w* toolbar tools? byline by-line authors? auteurs? signature date
        dateline timestamp published pubdate post-meta entry-meta article-meta meta metadata breaking ticker
        poll sondage quiz gallery slideshow diaporama carousel infobox toc skip-link a-propos about-author
        biography bio contact donate don soutenez correction-form report-error signaler\w*"""
    )
    + r")(?=$|[\s_-])"
)
"""Classes and identifiers of elements around an article."""

LEAD = re.compile(
    "(?:"
    + _any(
        r"""(?:à_|a_)?lire_(?:aussi|également|plus|la_suite|notre) lire\s?: voir_aussi
        à_(?:voir|lire)(?:_également|\s?:|_sur) sur_le_même_sujet pour_aller_plus_loin
        read_(?:also|more|next)\b also_read\b see_also\b related(?:\s?:|_\w+$) more_on(?:_this|\s?:)
        most_read follow_us sign_up_(?:for|to|here|now) subscribe(?:_to|_now|_today|_here|$)
        suivez[-\s]nous retrouvez_(?:nous|toute_l['’]actualité) abonnez[-\s]vous inscrivez[-\s]vous
        partagez(?:_sur|_cet|\s?:|$) share_(?:this|on)\b publié_le mis_à_jour
        (?:published|updated|posted)(?:_on|_at|_by|\s?:) last_(?:modified|updated) crédits?_photos?
        photos?\s?[:©] © \(c\) copyright_(?:©|\(c\)|\d) tous_droits_réservés all_rights_reserved
        (?:commentaires?|comments?)\s*(?:[:(]|\d|$) \d+_(?:commentaires?|comments?)\b publicité$
        advertisement$ temps_de_lecture\s?: reading_time \d+_min(?:utes?)?_(?:de_lecture|read)
        cet_article_est_réservé mots-clés\s?: tags?\s?: image_(?:source|caption)"""
    )
    + ")",
    re.IGNORECASE,
)
"""How notices begin that stand among the paragraphs."""

SECTION = re.compile(
    "(?:"
    + _any(
        r"""(?:à_|a_)?lire_aussi voir_aussi sur_le_même_sujet dans_la_même_rubrique à_la_une les_plus_lus
        articles?_(?:liés?|similaires|recommandés) pour_aller_plus_loin commentaires? réagir vos_réactions
        newsletter read_more related(?:_(?:articles|stories|topics|news))? more_(?:from|on|stories).*
        most_(?:read|popular) you_may_also_like comments? leave_a_(?:reply|comment) share(?:_this)? tags?
        about_the_author recommended"""
    )
    + r")\s*[:.…]?$",
    re.IGNORECASE,
)
"""Headings over what is no part of the article."""

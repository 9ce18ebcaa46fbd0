package org.fairfollow.evidence.text;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a text asks to buy, join, follow, win, download, earn or the like, or carries the signs of a sale. A headline
 * that tells of sales, prices or wins asks for nothing.
 */
final class SalesTalk {
    private static final Pattern ASKS = words(
            // English
            "buy (?:it|now|yours|here|this|online|today|one|tickets|(?:\\p{L}+ )?followers)",
            "(?:shop|order|book|apply|register|subscribe|enrol+|donate|bid|call|act|try it|get it|save) (?:now|here|today|online)",
            "order (?:yours|your)|book your|get (?:yours|your (?:free|copy|own|tickets?|discount|spot)|(?:it )?free|paid|rich)",
            "get (?:\\S+ ){0,4}(?:followers|likes|traffic|views|subscribers|retweets)|(?:want|need) (?:\\S+ ){0,3}followers",
            "more followers|gain followers|number of followers|followers? (?:fast|free|for free)",
            "join (?:us|me|now|here|today|free|our|for free)|sign up|subscribe to|follow (?:us|me|our|this|@\\S+)",
            "(?:you could |enter to |chance to |to )?win (?:an?|the|your|free|big|tickets|cash|prizes?|[£$€]\\d\\S*)(?= .{0,80}(?:enter|rt|retweet|follow|click|join|chance|giveaway|prize|here))",
            "enter (?:now|here|to win|our|for (?:a|your) chance)|chance to win|giveaway",
            "download (?:it|now|here|free|your|our|my|this|the app|today)|free download|install (?:it|now|our|the app)",
            "earn (?:\\S+ ){0,3}(?:money|cash|income|[£$€]\\d\\S*|from home|online|commissions?)|earn up to|mak(?:e|ing) (?:\\S+ ){0,3}(?:money|cash|bucks|[£$€]?\\d+) (?:online|fast|from|now|with|on|a day|every ?day)|(?:extra|passive) income|work (?:at|from) home",
            "check (?:it|this|us|me|my|our|these|them)(?: \\S+){0,5} out|check out|have a look at (?:my|our)|take a look at (?:my|our)",
            "click (?:here|the link|below|on the link|now)|visit (?:us|our|my|https?|now)|don'?t miss (?:it|out|this|our)|link in (?:my )?bio|(?:help )?support (?:us|our|my)|needs? your (?:support|help)|grab (?:it|yours?|this)",
            "free (?:trial|shipping|delivery|sample|quote|ebook|webinar|gift|iphone|ipad)|% off|half price|on sale now|now on sale|for sale|sale ends|flash sale|free videos?",
            "discounts?|coupons?|promo(?:tion)? ?code|voucher|special offer|best (?:price|deal)s?|(?:great|hot|daily|amazing) deals?|deal of the day|limited (?:time|offer|stock|edition)|(?:now )?in stock|available (?:now|here|at|on) (?:amazon|itunes|etsy|ebay|our)|lowest price",
            "(?:my|our) (?:new )?(?:shop|store|etsy|ebay|book|ebook|single|album|course|webinar|product)",
            // Spanish
            "compra (?:ya|ahora|aquí|online|tu)|cómpral[oa]|únete|suscríbete|regístrate|síguenos|sígueme|descarga (?:ya|gratis|aquí|la app)|descárgal[oa]|gana (?:dinero|premios|un|una)|participa|haz clic|visítanos|visita nuestr[ao]|aprovecha|envío gratis|descuentos?|oferta especial|de oferta|en oferta",
            // Italian
            "acquista (?:ora|subito|online|qui)|compra (?:ora|subito|adesso|qui)|iscriviti|registrati|seguici|seguimi|scarica (?:ora|gratis|subito|qui|l'app)|vinci (?:un|una|il|fantastici|premi)|guadagna(?:re)? (?:soldi|online|da casa|con)|clicca (?:qui|sul)|visita il nostro|vieni a trovarci|approfitta(?:ne)?|spedizione gratuita|sconti?|in offerta|offerta (?:speciale|valida|del giorno)|prenota (?:ora|subito|qui)|scopri (?:di più|le offerte|la nostra|il nostro|come)",
            // Portuguese
            "compre (?:já|agora|aqui|online)|junte-se|inscreva-se|cadastre-se|siga-(?:nos|me)|sigam? (?:a gente|nosso)|baixe (?:já|agora|grátis|aqui)|ganhe|participe|clique (?:aqui|no)|visite (?:nosso|nossa)|aproveite|confira|frete grátis|descontos?|em promoção",
            // French
            "achetez|commandez|rejoignez|inscrivez-vous|abonnez-vous|suivez-(?:nous|moi)|téléchargez|gagnez|participez|cliquez (?:ici|sur)|visitez (?:notre|mon)|profitez|livraison gratuite|code promo|en promo(?:tion)?|soldes|réservez|découvrez (?:notre|nos|mon)",
            // German
            "jetzt (?:kaufen|bestellen|mitmachen|anmelden|sichern|herunterladen|downloaden|buchen|teilnehmen|abonnieren)|kauf(?:en|t)? (?:sie )?jetzt|mach(?:t)? mit|melde? dich an|folg(?:e|t) (?:uns|mir)|gewinnspiel|gewinne(?:n sie)? (?:ein|jetzt|mit)|verdien(?:e|en sie) (?:geld|jetzt)|klick(?:e|t)? hier|hier klicken|besucht? (?:uns|unsere?n?)|schaut? vorbei|rabatte?|gutschein(?:code)?|sonderangebot|im angebot|versandkostenfrei");

    /** A price as on a tag, not a sum in the news. */
    private static final Pattern PRICE = Pattern.compile(
            "(?:only|just|now|from|for just|solo|sólo|desde|a partire da|a soli|apenas|por|a partir de|à partir de|seulement|nur|ab|für nur)"
                    + " (?:[$€£] ?\\d[\\d.,]*|\\d[\\d.,]* ?(?:[€$£]|eur|euros?|usd|dollars?))(?! ?(?:m|mn|bn|b|k|mil|mln|mrd|million|billion|per cent)\\b|\\p{L})"
                    + "|[$€£] ?\\d[\\d.,]*(?: (?:off|each|shipped|obo|ono)\\b)");

    /** What sellers are paid by, in the address or as they must declare it. */
    private static final Pattern PAID = Pattern.compile(
            "[?&](?:tag|aff|affid|aff_id|affiliate|affiliate_id|ref|refid|referral|partner|clickid|hop)="
                    + "|\\bamzn\\.to/|\\bhop\\.clickbank\\.net|(?<![\\p{L}\\p{N}])#(?:ad|ads|affiliate|sponsored|anzeige|publi|giveaway)(?![\\p{L}\\p{N}_])");

    private SalesTalk() {}

    /** @param plain in lower case */
    static boolean isIn(String plain) {
        return ASKS.matcher(plain).find()
                || PRICE.matcher(plain).find()
                || PAID.matcher(plain).find();
    }

    private static Pattern words(String... expressions) {
        return Pattern.compile(Stream.of(expressions)
                .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")));
    }
}

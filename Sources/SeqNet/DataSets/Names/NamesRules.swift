/// The phrase grammar of the names data set, in the notation of ``GrammarReader``. `<person>`,
/// `<place>`, `<firm>` and `<team>` are slots for names. The words around a slot tell its kind.
enum NamesRules {
    static let text = """
        Sentence = 9 Report . | 2 Question ? | 3 Opener .

        Report = 3 <person> Speak that News | 3 <person> Move to <place> Time
        Report = 2 <person> Meet <person> in <place> | 2 <person> works for <firm>
        Report = <person> , the Job of <firm> , Speak that News | <person> was born in <place>
        Report = 3 <firm> Trade Goods in <place> | 2 shares of <firm> Rise Time
        Report = the Job of <firm> is <person> | <firm> will pay Determiner bill Time
        Report = 3 <team> Beat <team> Time | <team> signed <person> Time
        Report = 2 the road from <place> to <place> is State | it Weather in <place> Time
        Report = <person> and <person> Move from <place> to <place>
        Report = <person> likes Activity | Determiner Job likes Activity near <place>
        News = it will Weatherlike in <place> | <firm> Trade Goods | <team> will win
        News = Determiner Job will Come | hope Rise Time
        Weatherlike = rain | snow | hail
        Beat = beat | played | met | lost to | drew with
        Time = yesterday | today | again | last week | in Month | on Day

        Question = will <person> Come in <place> Time | may <person> Come with <person>
        Question = did <team> win Time | who Trade Goods for <firm> | did <person> Come

        -- begins with a word that is a name elsewhere
        Opener = reading is what <person> likes | bill <firm> for the Goods
        Opener = mark the day when <person> Move to <place> | hope is all that <person> has
        Opener = may was warm in <place> | grace is what <person> needs
        Opener = stone is what <firm> Trade | nice people live in <place>
        Opener = target the road to <place> | gap after gap was closed by <firm>
        """
}

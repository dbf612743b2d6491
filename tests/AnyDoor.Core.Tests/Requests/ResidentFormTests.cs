using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;

namespace AnyDoor.Core.Tests.Requests;

public sealed class ResidentFormTests
{
    private static readonly ResidentForm Form = ResidentForm.Current;
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly FormCheck Check = new(Form, Today);

    [Fact]
    public void EveryText_TheFormNames_IsThereInEnglish()
    {
        var keys = Form.Pages.SelectMany(p => new[] { p.Title, p.TitleForSomeoneElse, p.Hint, p.Why }
                .Concat(p.Fields.SelectMany(f => new[] { f.Label, f.Hint, f.ErrorMissing, f.ErrorInvalid }.Concat((f.Options ?? []).SelectMany(o => new[] { o.Label, o.Hint })).Concat(f.Check?.Values ?? []))))
            .Concat(Form.Check.SelectMany(c => new[] { c.Title, c.TitleForSomeoneElse }.Concat(c.Rows.SelectMany(r => new[] { r.Label, r.LabelForSomeoneElse })).Concat((c.Told ?? []).SelectMany(t => new[] { t.Label, t.Text }))))
            .Concat(Form.Crisis.Exits.SelectMany(e => new[] { e.Title, e.Whose }))
            .Where(k => !string.IsNullOrEmpty(k)).ToList();

        keys.Count.ShouldBeGreaterThan(200);
        keys.Where(k => ResidentForm.English(k!) == k).ShouldBeEmpty();
    }

    [Fact]
    public void EveryField_IsAFactOfTheVocabulary_AndIsOnTheCheckPageOnce()
    {
        var fields = Form.Pages.SelectMany(p => p.Fields.Select(f => (Key: $"{p.Id}.{f.Id}", f.Fact))).ToList();

        fields.Where(f => Words.Current.Fact(f.Fact) is null).ShouldBeEmpty();
        Form.Check.SelectMany(c => c.Rows.SelectMany(r => r.Fields)).Order().ShouldBe(fields.Select(f => f.Key).Order());
    }

    [Fact]
    [Requirement("R-APP-01")]
    public void AtMostFourteenPages_WhateverIsAnswered()
    {
        var everything = Filled(someoneElse: true, ("needs.needs", ["heating-or-electricity", "food"]), ("home.tenure", ["council"]), ("who-lives.children", ["2"]));

        new Journey(Form, everything).Total.ShouldBeLessThanOrEqualTo(Form.Limits.QuestionPagesAtMost);
        Form.Pages[1].Id.ShouldBe("safe-contact");
    }

    [Fact]
    public void Meter_IsAskedOnlyOfWhoNeedsHeat_AndHowSoonNotInACrisis()
    {
        string[] Ids(FormAnswers answers) => [.. new Journey(Form, answers).Pages.Select(p => p.Id)];

        Ids(Filled(false, ("needs.needs", ["food"]))).ShouldNotContain("meter");
        Ids(Filled(false, ("needs.needs", ["food"]))).ShouldContain("how-soon");
        Ids(Filled(false, ("needs.right-now", ["no-heat"]))).ShouldContain("meter");
        Ids(Filled(false, ("needs.right-now", ["no-heat"]))).ShouldNotContain("how-soon");
        Ids(Filled(false, ("needs.needs", ["food"]))).ShouldNotContain("permission");
        Ids(Filled(true, ("needs.needs", ["food"]))).ShouldContain("permission");
    }

    public static TheoryData<string, string, string[], string?> Typed => new()
    {
        { "needs", "needs", [], "needs.needs.error-missing" },
        { "safe-contact", "by", [], "safe-contact.by.error-missing" },
        { "about-you", "name", [], "about-you.name.error-missing" },
        { "about-you", "born", ["31", "2", "1990"], "about-you.born.error-invalid" },
        { "about-you", "born", ["14", "March", "1990"], null },
        { "about-you", "born", ["25", "11", "2026"], "about-you.born.error-invalid" },
        { "about-you", "born", ["14", "", ""], "about-you.born.error-invalid" },
        { "where", "postcode", ["PE1"], null },
        { "where", "postcode", ["pe13 9zt"], null },
        { "where", "postcode", ["13 High Street"], "where.postcode.error-invalid" },
        { "who-lives", "adults", ["two"], "who-lives.adults.error-invalid" },
        { "who-lives", "adults", ["21"], "who-lives.adults.error-invalid" },
        { "money", "pay", ["£1,100.50"], null },
        { "money", "pay", ["about 1100"], "money.pay.error-invalid" },
        { "what-changed", "since", ["September"], null },
        { "what-changed", "since", ["wrzesień"], null },
        { "what-changed", "since", ["the other day"], "what-changed.since.error-invalid" },
        { "own-words", "words", [new string('a', 2001)], "common.too-long" },
    };

    [Theory, MemberData(nameof(Typed))]
    public void Check_WhatWasTyped_NamesTheFieldAndHowToMendIt(string page, string field, string[] typed, string? error)
    {
        var answers = new FormAnswers();
        answers.Set(Form.Page(page)!, new Dictionary<string, string[]> { [field] = typed }, passes: false);

        var found = Check.Errors(Form.Page(page)!, answers).FirstOrDefault(e => e.Field == field);

        found?.Text.ShouldBe(error);
        (found is null).ShouldBe(error is null);
    }

    [Theory]
    [InlineData("text", "01632 960123", false)]
    [InlineData("text", "07700 900418", true)]
    [InlineData("phone", "01632 960123", true)]
    [InlineData("text", "07700 9004", false)]
    public void Phone_ForTexts_MustBeAMobile(string by, string phone, bool reads)
    {
        var answers = Filled(false, ("safe-contact.by", [by]), ("safe-contact.phone", [phone]));

        Check.Errors(Form.Page("safe-contact")!, answers).Any(e => e.Field == "phone").ShouldBe(!reads);
    }

    [Theory]
    [InlineData("September", "2026-09-01")]
    [InlineData("December", "2025-12-01")]
    [InlineData("Sept 2024", "2024-09-01")]
    [InlineData("9/2026", "2026-09-01")]
    [InlineData("2026-09", "2026-09-01")]
    public void Month_WithoutAYear_IsTheLatestThatHasBegun(string typed, string month) => Check.Month(typed).ShouldBe(DateOnly.Parse(month));

    [Fact]
    public void NoFixedAddress_NeedsNoPostcode_AndIsTaken()
    {
        var answers = Filled(false, ("needs.needs", ["food"]), ("where.no-fixed-address", ["yes"]));

        Check.Errors(Form.Page("where")!, answers).ShouldBeEmpty();
        Read(answers).Request.NoFixedAddress.ShouldBeTrue();
    }

    [Fact]
    public void Read_TheWholeForm_BecomesARequest()
    {
        var request = Read(Filled(false, ("needs.right-now", ["no-heat"]), ("needs.needs", ["food", "rent-or-council-tax"]), ("safe-contact.by", ["text"]), ("safe-contact.phone", ["07700 900418"]),
            ("safe-contact.phone-is-private", ["yes"]), ("safe-contact.do-not", ["voicemail", "after-3pm"]), ("about-you.name", ["Leanne Harrowmere"]), ("about-you.born", ["14", "3", "1990"]),
            ("who-lives.adults", ["2"]), ("who-lives.children", ["3"]), ("who-lives.ages", ["7, 9 and 11"]), ("money.pay", ["1100"]), ("meter.meter", ["prepayment"]), ("meter.left", ["0.84"]),
            ("what-changed.what", ["lower-pay"]), ("what-changed.since", ["September"]), ("time-and-language.best-time", ["school-hours"]))).Request;

        request.Urgency.ShouldBe(Urgency.Today);
        request.UrgencyWhy.ShouldBe("No heat or power, or the meter is running out. 84p left on the meter. 3 children.");
        request.Needs.ShouldBe(["heating-or-electricity", "food", "rent-or-council-tax"]);
        request.People[0].DateOfBirth.ShouldBe(new DateOnly(1990, 3, 14));
        request.People.Skip(1).Select(p => p.BirthYear).ShouldBe([2019, 2017, 2015]);
        request.HouseholdSize.ShouldBe(5);
        (request.Contact.By, request.Contact.DoNot, request.Contact.Phone, request.Contact.PhoneIsPrivate).ShouldBe((ContactWay.Text, DoNot.VoiceMessage | DoNot.AfterThree, "07700900418", true));
        request.Contact.BestTime.ShouldBe("School hours, 9am to 2:30pm");
        Answer("income.annual_pence").ShouldBe("1320000");
        Answer("energy.meter_left_pence").ShouldBe("84");
        Answer("shock.since").ShouldBe("\"2026-09\"");
        request.Answers.ShouldNotContain(a => a.Fact.StartsWith("permission") || a.Fact.StartsWith("contact") || a.Fact.StartsWith("safety"));

        string? Answer(string fact) => request.Answers.SingleOrDefault(a => a.Fact == fact)?.Value;
    }

    [Fact]
    [Requirement("R-DA-02")]
    public void Read_OwnWordsThatAreStricterThanTheBox_Tighten()
    {
        var request = Read(Filled(false, ("needs.needs", ["food"]), ("safe-contact.by", ["text"]), ("safe-contact.phone", ["07700 900418"]), ("own-words.words", ["My husband doesn’t know I am asking"]))).Request;

        request.Contact.CheckBeforeContact.ShouldBeTrue();
    }

    [Fact]
    public void Read_AWayWithoutItsNumber_IsNoWay() =>
        Read(Filled(false, ("needs.needs", ["food"]), ("safe-contact.by", ["text"]))).Request.Contact.By.ShouldBe(ContactWay.DoNotContactFirst);

    [Fact]
    public void Read_SharingOneByOne_KeepsYesAndNoAndNotWhatWasLeft()
    {
        var reading = Read(Filled(false, ("needs.needs", ["food"]), ("home.tenure", ["housing-association"]), ("home.landlord", ["Fen Reach Homes"]), ("sharing.landlord", ["yes"]), ("sharing.food-bank", ["no"]), ("sharing.doctor", ["not-asked"])));

        reading.Permissions.Select(p => (p.To, p.Named, p.Allowed)).ShouldBe([("landlord", "Fen Reach Homes", true), ("food-bank", null, false)]);
        reading.Permissions[0].WhatFor.ShouldBe("Only that they asked, and about the rent");
    }

    [Theory]
    [InlineData("landlord"), InlineData("advice"), InlineData("food-bank"), InlineData("school"), InlineData("doctor")]
    public void Read_Sharing_IsWrittenDownInTheWordsThatWereAsked(string to)
    {
        var reading = Read(Filled(false, ("needs.needs", ["food"]), ("home.tenure", ["council"]), ("who-lives.children", ["1"]), ($"sharing.{to}", ["yes"])));

        $"Yes: {reading.Permissions.ShouldHaveSingleItem().WhatFor}".ShouldBe(ResidentForm.English($"check.yes-{to}-for-someone-else") is var asked && asked.StartsWith("check.") ? ResidentForm.English($"check.yes-{to}") : asked, StringCompareShould.IgnoreCase);
    }

    [Theory]
    [InlineData("yes", 1), InlineData("not-yet", 0), InlineData("cannot", 0), InlineData("", 0)]
    public void Read_SharingForSomeoneElse_IsKeptOnlyWhereTheyThemselvesAgreed(string knows, int kept) =>
        Read(Filled(true, ("needs.needs", ["food"]), ("permission.knows", [knows]), ("sharing.advice", ["yes"]))).Permissions.Count.ShouldBe(kept);

    [Fact]
    public void Read_WhyTheyCannotSay_IsKeptWithWhoAsked() =>
        Read(Filled(true, ("needs.needs", ["food"]), ("permission.knows", ["cannot"]), ("permission.why-cannot", ["She is in hospital"]), ("permission.you-are", ["Ines"]))).Representation
            .ShouldBe(new NewRepresentation("Ines", null, "cannot", "She is in hospital"));

    public static TheoryData<string, string, string, string, string?> Clashes => new()
    {
        { "text", "phone", "07700 900418", "text", "safe-contact.do-not.error-text" },
        { "text", "phone", "07700 900418", "voicemail", null },
        { "phone", "phone", "07700 900418", "phone", "safe-contact.do-not.error-phone" },
        { "phone", "phone", "07700 900418", "landline", null },
        { "phone", "phone", "01632 960123", "landline", "safe-contact.do-not.error-landline" },
        { "email", "email", "l@example.org", "email", "safe-contact.do-not.error-email" },
        { "letter", "letter-to", "3 Sedge Lane, March", "letter", null },
        { "letter", "letter-to", "Leanne, 41 Teasel Way, Wisbech", "letter", "safe-contact.do-not.error-letter" },
    };

    [Theory, MemberData(nameof(Clashes))]
    [Requirement("R-DA-02")]
    public void Check_AWayAndANoToIt_AreSaidAtTheBox_AndKeepEverybodyAwayWhenLeft(string by, string field, string value, string doNot, string? error)
    {
        var answers = Filled(false, ("needs.needs", ["food"]), ("where.address", ["41 Teasel Way"]), ("safe-contact.by", [by]), ($"safe-contact.{field}", [value]), ("safe-contact.do-not", [doNot]));

        Check.Errors(Form.Page("safe-contact")!, answers).ShouldBe(error is null ? [] : [new FormError("do-not", error)]);
        ResidentForm.English(error ?? "").ShouldNotStartWith("safe-contact.");
        var contact = Read(answers).Request.Contact;
        contact.DoNot.ShouldNotBe(DoNot.Nothing);
        if (error is not null && by != "letter") contact.By.ShouldBe(ContactWay.DoNotContactFirst);
        if (error is null) SafeContacts.Clash(contact.AsReach()).ShouldBeFalse();
    }

    [Fact]
    public void Leave_APage_TakesBackChoicesKeepsWritingAndWhatNotToDo_AndNothingOnItHoldsUpTheForm()
    {
        var answers = Filled(false, ("needs.needs", ["food"]));
        var (contact, where, meet) = (Form.Page("safe-contact")!, Form.Page("where")!, Form.Page("about-you")!);
        answers.Set(contact, new Dictionary<string, string[]> { ["by"] = ["text"], ["phone"] = ["0770"], ["do-not"] = ["voicemail"] }, passes: false);
        answers.Set(where, new Dictionary<string, string[]> { ["postcode"] = ["nowhere"], ["address"] = ["41 Teasel Way"] }, passes: false);
        answers.Set(meet, new Dictionary<string, string[]> { ["born"] = ["14", "3", "1990"] }, passes: false);
        foreach (var page in new[] { contact, where, meet }) new Journey(Form, answers).FirstToMend(Check).ShouldNotBeNull(page.Id);

        answers.Leave(contact, new Dictionary<string, string[]> { ["by"] = ["phone"], ["do-not"] = ["phone"] });
        answers.Leave(where, new Dictionary<string, string[]>());
        answers.Leave(meet, new Dictionary<string, string[]>());
        answers = FormAnswers.From(answers.ToJson(), false);

        new Journey(Form, answers).FirstToMend(Check).ShouldBeNull();
        answers.Of("safe-contact.by").ShouldBeEmpty();
        answers.Of("safe-contact.phone").ShouldBe(["0770"]);
        var request = Read(answers).Request;
        (request.Contact.By, request.Contact.DoNot).ShouldBe((ContactWay.DoNotContactFirst, DoNot.VoiceMessage | DoNot.Phone));
        (request.Address, request.People[0].DateOfBirth).ShouldBe(("41 Teasel Way", new DateOnly(1990, 3, 14)));
        CheckPage.Of(Form, answers, Check).SelectMany(s => s.Rows).Single(r => r.Page == "where").Lines.ShouldBe([new CheckLine(null, "41 Teasel Way"), new CheckLine("check.unread", "nowhere")]);
        answers.Set(where, new Dictionary<string, string[]> { ["postcode"] = ["still nowhere"] }, passes: false);
        new Journey(Form, answers).FirstToMend(Check)!.Id.ShouldBe("where", "a page that was gone back to counts again");
    }

    [Fact]
    public void Draft_FromBeforePagesCouldBeLeft_StillOpens() =>
        FormAnswers.From("""{"values":{"needs.needs":["food"]},"passed":["needs"]}""", false).WasLeft("needs").ShouldBeFalse();

    [Fact]
    [Requirement("R-APP-05")]
    public void NotFeelingSafeAtHome_IsACrisis_WhereverItIsTicked()
    {
        var answers = Filled(false, ("needs.needs", ["food", "not-safe"]));

        answers.IsCrisis(Form).ShouldBeTrue();
        new Journey(Form, answers).Pages.ShouldNotContain(p => p.Id == "how-soon");
        var request = Read(answers).Request;
        (request.Urgency, request.UrgencyWhy).ShouldBe((Urgency.Today, "I do not feel safe at home."));
        Filled(false, ("needs.needs", ["food", "losing-home"])).IsCrisis(Form).ShouldBeFalse();
        Read(Filled(false, ("needs.right-now", ["not-safe"]), ("needs.needs", ["not-safe"]))).Request.UrgencyWhy.ShouldBe("I am not safe at home.");
    }

    [Theory]
    [InlineData("PE13", null, "PE13"), InlineData("pe13 ", "41 Teasel Way", "41 Teasel Way\nPE13")]
    public void Read_TheFirstPartOfAPostcode_IsKeptInTheAddress(string typed, string? street, string address)
    {
        var request = Read(street is null ? Filled(false, ("needs.needs", ["food"]), ("where.postcode", [typed])) : Filled(false, ("needs.needs", ["food"]), ("where.postcode", [typed]), ("where.address", [street]))).Request;

        (request.Postcode, request.Outward, request.Address).ShouldBe((null, "PE13", address));
    }

    [Theory]
    [InlineData("pl", null, true), InlineData("en", "pl", true), InlineData("en", null, false), InlineData("en", "bsl", false)]
    [Requirement("R-DA-02")]
    public void Read_WordsInALanguageThatIsNotRead_AreReadByAPersonFirst(string page, string? chosen, bool check)
    {
        var typed = Filled(false, ("needs.needs", ["food"]), ("safe-contact.by", ["text"]), ("safe-contact.phone", ["07700 900418"]), ("own-words.words", ["Mąż nie wie, że piszę"]), ("time-and-language.language", [chosen ?? ""]));

        FormReading.Of(Form, typed, Today, new DateTime(2026, 11, 24, 8, 12, 0, DateTimeKind.Utc), "web-form", page, invented: true).Request.Contact.CheckBeforeContact.ShouldBe(check);
    }

    [Fact]
    [Requirement("R-APP-02")]
    public void Read_ForSomeoneElse_KeepsWhoAskedAndWhetherTheyKnow()
    {
        var reading = Read(Filled(true, ("needs.needs", ["food"]), ("permission.knows", ["not-yet"]), ("permission.you-are", ["Ines Calloway, next door"]), ("permission.reach-you", ["07700 900555"])));

        reading.Request.PermissionGiven.ShouldBeFalse();
        reading.Request.Answers.ShouldNotContain(a => a.Value.Contains("Ines"));
        reading.Representation.ShouldBe(new NewRepresentation("Ines Calloway, next door", "07700 900555", "not-yet"));
    }

    [Fact]
    public void CheckPage_ShowsWhatWasTold_AndLeavesOutWhatIsNotAsked()
    {
        var sections = CheckPage.Of(Form, Filled(false, ("needs.needs", ["food"]), ("money.pay", ["1100"]), ("meter.left", ["5"]), ("money.waiting", ["no"])), Check);

        sections.SelectMany(s => s.Rows).ShouldNotContain(r => r.Page == "meter" || r.Page == "permission");
        sections.SelectMany(s => s.Rows).Single(r => r.Page == "money").Lines.ShouldBe([new CheckLine("check.pay", "£1,100")]);
        sections.SelectMany(s => s.Rows).Single(r => r.Page == "home").Lines.ShouldBeEmpty();
    }

    internal static FormAnswers Filled(bool someoneElse, params (string Key, string[] Values)[] typed)
    {
        var answers = new FormAnswers(someoneElse);
        foreach (var page in typed.GroupBy(t => t.Key.Split('.')[0]))
            answers.Set(Form.Page(page.Key)!, page.ToDictionary(t => t.Key.Split('.', 2)[1], t => t.Values), passes: true);
        return FormAnswers.From(answers.ToJson(), someoneElse);
    }

    private static FormReading Read(FormAnswers answers) => FormReading.Of(Form, answers, Today, new DateTime(2026, 11, 24, 8, 12, 0, DateTimeKind.Utc), "web-form", "en", invented: true);
}

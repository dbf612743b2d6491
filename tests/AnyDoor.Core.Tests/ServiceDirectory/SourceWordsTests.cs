using System.Net;
using System.Text.Json;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>What feeds say in words.</summary>
public sealed class SourceWordsTests
{
    [Theory]
    [InlineData("A friendly club for over 55s", 55, null)]
    [InlineData("Lunch for people aged 60 and over", 60, null)]
    [InlineData("50+ dance", 50, null)]
    [InlineData("Youth nights for 11 to 18 year olds", 11, 18)]
    [InlineData("For young people aged 16-25", 16, 25)]
    [InlineData("Stay and play for under 5s", null, 4)]
    [InlineData("Children aged six weeks", null, null)]
    [InlineData("With over 20 years of experience and over 50 volunteers", null, null)]
    [InlineData("Open to all ages", null, null)]
    [InlineData("Brownies are a group of girls aged 7 to 10 years", 7, 10)]
    [InlineData("Adults only", 18, null)]
    [InlineData("Computer lessons for people in their sixties and beyond", 60, null)]
    [InlineData("Clients must be under 18", null, 17)]
    [InlineData("Food parcels for the over sixties", 60, null)]
    [InlineData("Clothes for newborns to 5 years", null, 5)]
    [InlineData("Nursery for two, three and four year olds", 2, 4)]
    [InlineData("Anyone between the ages of ten and eighteen", 10, 18)]
    [InlineData("13 plus days, for 13 year olds and upwards", 13, null)]
    [InlineData("within 5 miles, 10 to 12 noon, 2-4pm", null, null)]
    [InlineData("A visitor for those of 70 and more who live by themselves", 70, null)]
    [InlineData("Small repairs. 60 plus or disabled.", null, null)]
    [InlineData("Join if somebody at home is over 65, has a newborn or is disabled", null, null)]
    [InlineData("For people aged 16-25 with mental health or learning difficulties", 16, 25)]
    [InlineData("A bus pass for residents of state pension age or with a qualifying disability", null, null)]
    [InlineData("Benefit checks for people who have reached State Pension age", 66, null)]
    [InlineData("We help with PIP, and with Attendance Allowance for those over pension age", null, null)]
    [InlineData("Testing and contraception for all. Under 20s walk-in after college.", null, null)]
    [InlineData("Gadgets for failing eyes. Home visits; under 18s group.", null, null)]
    [InlineData("Under 18s drug service", null, 17)]
    [InlineData("Museum trips, under 16s free", null, null)]
    [InlineData("Help with weight for adults with BMI 30+, and courses for ages 5-16", null, null)]
    [InlineData("For adults with a BMI of 30+", 18, null)]
    [InlineData("Walks for anyone with BMI 30+", null, null)]
    [InlineData("Vouchers if you are pregnant or have a child under four", null, 3)]
    [InlineData("Pool and table tennis. Year 7 to Year 11.", 11, 16)]
    [InlineData("Choir for Reception to Year 6", 4, 11)]
    [InlineData("Drug treatment and groups. Adults. Walk in.", 18, null)]
    public void Read_AgesInWords_AreSureOrNotRead(string text, int? from, int? to)
    {
        var read = AgeWords.Read(text) ?? AgeSpan.All;

        (read.From is 0 ? null : read.From, read.To is >= 99 ? null : read.To).ShouldBe((from, to));
    }

    [Theory]
    [InlineData("This group has now closed.", ServiceStatus.Defunct)]
    [InlineData("We have now finished for good, with thanks to all.", ServiceStatus.Defunct)]
    [InlineData("PERMANENTLY CLOSED - do not refer", ServiceStatus.Defunct)]
    [InlineData("We are temporarily closed until further notice", ServiceStatus.TemporarilyClosed)]
    [InlineData("Currently suspended due to funding", ServiceStatus.TemporarilyClosed)]
    [InlineData("Closed on bank holidays and closed for lunch", ServiceStatus.Active)]
    [InlineData("Was closed due to the pandemic and has now reopened", ServiceStatus.Active)]
    [InlineData("Closed at weekends", ServiceStatus.Active)]
    [InlineData("Sadly we are no longer able to provide this service.", ServiceStatus.Defunct)]
    [InlineData("This project came to an end in 2025.", ServiceStatus.Defunct)]
    [InlineData("The food bank shut its doors last year.", ServiceStatus.Defunct)]
    [InlineData("We are taking a break until further notice", ServiceStatus.TemporarilyClosed)]
    [InlineData("It no longer meets on Mondays, but Tuesdays", ServiceStatus.Active)]
    [InlineData("We close our doors at 4pm; lunch comes to an end at 2", ServiceStatus.Active)]
    [InlineData("Take a break with us: tea and chat", ServiceStatus.Active)]
    [InlineData("Sadly we had to close in summer 2025.", ServiceStatus.Defunct)]
    [InlineData("This service has been decommissioned.", ServiceStatus.Defunct)]
    [InlineData("This listing has been archived.", ServiceStatus.Defunct)]
    [InlineData("Funding has run out and the scheme is closed to new applications.", ServiceStatus.Defunct)]
    [InlineData("The shelter will not be opening this winter.", ServiceStatus.Defunct)]
    [InlineData("Permanently shut.", ServiceStatus.Defunct)]
    [InlineData("Food parcels. On hiatus.", ServiceStatus.TemporarilyClosed)]
    [InlineData("Counselling. Paused while we recruit.", ServiceStatus.TemporarilyClosed)]
    [InlineData("Furniture. Service suspended due to funding.", ServiceStatus.TemporarilyClosed)]
    [InlineData("We have stopped taking referrals.", ServiceStatus.TemporarilyClosed)]
    [InlineData("Debt help. No longer funded.", ServiceStatus.Defunct)]
    [InlineData("DO NOT USE - duplicate entry.", ServiceStatus.Defunct)]
    [InlineData("All vouchers for this year have been issued.", ServiceStatus.Defunct)]
    [InlineData("We are not able to accept anyone new.", ServiceStatus.TemporarilyClosed)]
    [InlineData("Hot meals. Not operating at present.", ServiceStatus.TemporarilyClosed)]
    [InlineData("Season finished, back in November.", ServiceStatus.TemporarilyClosed)]
    [InlineData("Do not use the back door", ServiceStatus.Active)]
    [InlineData("For people who had to stop working, or whose benefit was stopped", ServiceStatus.Active)]
    [InlineData("We will not be opening on bank holidays", ServiceStatus.Active)]
    [InlineData("The group tells how the mine closed in 1985", ServiceStatus.Active)]
    [InlineData("Sessions are paused during school holidays", ServiceStatus.Active)]
    [InlineData("Help for a child who is withdrawn", ServiceStatus.Active)]
    [InlineData("See how the grant is spent", ServiceStatus.Active)]
    public void Closure_InWords_IsRead(string text, ServiceStatus status) => SourceWords.Closure(text).Status.ShouldBe(status);

    [Theory]
    [InlineData("Food bank (CLOSED)", ServiceStatus.Defunct)]
    [InlineData("Lunch club - now closed", ServiceStatus.Defunct)]
    [InlineData("CLOSED: Repair café", ServiceStatus.Defunct)]
    [InlineData("Youth club (temporarily closed)", ServiceStatus.TemporarilyClosed)]
    [InlineData("Closed Door Theatre", null)]
    [InlineData("Enclosed garden", null)]
    public void Name_ThatSaysItIsClosed_IsRead(string name, ServiceStatus? status) => SourceWords.OfName(name).ShouldBe(status);

    [Fact]
    public void Closure_OnADay_IsThatDay() => SourceWords.Closure("The service ended on 31 March 2026.").Last.ShouldBe(new DateOnly(2026, 3, 31));

    [Theory]
    [InlineData("For officers’ use only: emergency fuel vouchers", Visibility.Internal)]
    [InlineData("Internal referral pathway for caseworkers", Visibility.Internal)]
    [InlineData("Do not share with members of the public.", Visibility.Internal)]
    [InlineData("Fuel vouchers, hidden from public website", Visibility.Internal)]
    [InlineData("Not to be advertised", Visibility.Internal)]
    [InlineData("Held for social workers to request", Visibility.Partners)]
    [InlineData("Issued by hub workers, not open to the public", Visibility.Internal)]
    [InlineData("Restricted to staff", Visibility.Internal)]
    [InlineData("By public transport: bus 33", null)]
    [InlineData("For migrant workers only", null)]
    [InlineData("Internal: staff use only", Visibility.Internal)]
    [InlineData("Not for publication", Visibility.Internal)]
    [InlineData("For professionals only", Visibility.Partners)]
    [InlineData("Run by professionals for everyone", null)]
    [InlineData("The address is not published for safety reasons", null)]
    [InlineData("Do not publish the address", null)]
    [InlineData("This entry must not be published: staff reference", Visibility.Internal)]
    [InlineData("A safe house for women. The address is secret and must never be given out.", null)]
    [InlineData("The location is confidential, so it cannot be published. 24 hour line.", null)]
    [InlineData("Rooms for single people. Referral through the council's housing team only.", null)]
    [InlineData("Starter packs. Referrals from professionals only.", null)]
    [InlineData("For use by officers only", Visibility.Internal)]
    [InlineData("Supervision for family support workers, every month", Visibility.Partners)]
    [InlineData("A forum for health and care professionals", Visibility.Partners)]
    [InlineData("Workshops for youth workers and parents", null)]
    public void Audience_InWords_IsRead(string text, Visibility? shown) => SourceWords.Audience(text).ShouldBe(shown);

    [Theory]
    [InlineData("Visibility", "Internal", Visibility.Internal, ServiceStatus.Active)]
    [InlineData("Who can see this", "Staff", Visibility.Internal, ServiceStatus.Active)]
    [InlineData("Visible to", "Practitioners", Visibility.Partners, ServiceStatus.Active)]
    [InlineData("Intended audience", "Practitioners", Visibility.Partners, ServiceStatus.Active)]
    [InlineData("Target audience", "Partner organisations", Visibility.Partners, ServiceStatus.Active)]
    [InlineData("Target audience", "Professionals;Families", Visibility.Public, ServiceStatus.Active)]
    [InlineData("Address visibility", "Hidden", Visibility.Public, ServiceStatus.Active)]
    [InlineData("Service status", "Closed", Visibility.Public, ServiceStatus.Defunct)]
    [InlineData("Status", "Active", Visibility.Public, ServiceStatus.Active)]
    [InlineData("Group type", "Closed", Visibility.Public, ServiceStatus.Active)]
    [Requirement("R-MEN-01")]
    public void Attribute_ThatSaysWhoMaySeeItOrThatItIsClosed_IsKept(string taxonomy, string terms, Visibility seen, ServiceStatus status)
    {
        object[] filedUnder = [.. terms.Split(';').Select(t => (object)new { taxonomy_term = new { name = t, taxonomy_detail = new { name = taxonomy } } })];
        object[] asValue = [.. terms.Split(';').Select(t => (object)new { value = t, taxonomy_term = new { name = taxonomy } })];
        foreach (var attributes in new[] { filedUnder, asValue })
        {
            var (service, _) = FeedReader.Read(JsonSerializer.SerializeToElement(new { id = "a", name = "Beds", description = "Beds for tonight.", attributes }), "test", new(2026, 11, 24));

            (service!.Visibility, service.Status).ShouldBe((seen, status));
        }
    }

    [Theory]
    [InlineData("The address is confidential", true)]
    [InlineData("A women’s refuge", true)]
    [InlineData("Harbour Refuge. Temporary homes for women in danger.", true)]
    [InlineData("Marsh Wildlife Refuge. Bird walks.", false)]
    [InlineData("We cannot disclose our location", true)]
    [InlineData("Location is given once you have been referred", true)]
    [InlineData("Our address isn’t published for safety reasons", true)]
    [InlineData("Location disclosed once a place is confirmed", true)]
    [InlineData("We cannot share your details; our address is below", false)]
    [InlineData("Free and confidential advice", false)]
    public void HidesAddress_InWords_IsRead(string text, bool hidden) => SourceWords.HidesAddress(text).ShouldBe(hidden);

    [Theory]
    [InlineData("Small grants for those who live in the parish of Ely.", "Ely", true)]
    [InlineData("Lifts; you must live within 5 miles of Ramsey.", "within 5 miles of Ramsey", true)]
    [InlineData("Furniture for Huntingdonshire tenants.", "Huntingdonshire", true)]
    [InlineData("Support for carers in Lincolnshire.", "Lincolnshire", false)]
    [InlineData("A club for Polish families", null, false)]
    public void Areas_InWords_AreRead(string text, string? area, bool only) =>
        SourceWords.Areas(text).Select(a => ((string?)a.Name, a.Only)).FirstOrDefault().ShouldBe((area, only));

    [Theory]
    [InlineData("Fellas of any age make and mend.", OnlyFor.Men)]
    [InlineData("Women of all ages who like to sing.", OnlyFor.Women)]
    [InlineData("Men and women of all ages make and mend.", OnlyFor.Everyone)]
    [InlineData("Women and men of any age.", OnlyFor.Everyone)]
    public void ForWhom_InWords_IsRead(string text, OnlyFor who) => SourceWords.ForWhom(text).ShouldBe(who);

    [Theory]
    [InlineData("Parcels brought to you. Referral through your school or doctor. Not a drop-in.", HowToUse.Referral)]
    [InlineData("Please do not just turn up: ring us, self-referral is fine.", HowToUse.RingFirst)]
    [InlineData("No need to book, just turn up.", HowToUse.WalkIn)]
    [InlineData("Beds and sofas. Referral by a professional.", HowToUse.Referral)]
    [InlineData("Referral by phone or on our website.", HowToUse.RingFirst)]
    public void HowToUse_InWords_IsRead(string description, HowToUse how) => Read(new { id = "a", name = "Help", description }).HowToUse.ShouldBe(how);

    [Theory]
    [InlineData("Parents aged under 22, with a crèche.", 12, 21)]
    [InlineData("Music and dance.", null, 21)]
    [Requirement("R-MEN-02")]
    public void Ages_OfYoungParents_AreNotThoseOfTheirBabies(string description, int? from, int? to)
    {
        var service = Read(new { id = "a", name = "Friday group", description, maximum_age = 21 });

        (service.MinimumAge, service.MaximumAge).ShouldBe((from, to));
    }

    [Theory]
    [InlineData("Saturday play. FULL: list closed to new names.", true)]
    [InlineData("There is currently a waiting list.", true)]
    [InlineData("A full programme of walks.", false)]
    public void Capacity_InWords_IsRead(string description, bool waiting) => (Read(new { id = "a", name = "Help", description }).Capacity is { State: CapacityState.Waiting }).ShouldBe(waiting);

    private static Service Read(object record) => FeedReader.Read(JsonSerializer.SerializeToElement(record), "test", new(2026, 11, 24)).Service!;

    [Theory]
    [InlineData("Huntingdon", "Linton;Balsham;Great Nowhere", Vocabulary.Verdict.No)]
    [InlineData("Huntingdon", "Linton;Balsham;and further afield", Vocabulary.Verdict.Maybe)]
    [InlineData("Balsham", "Linton;Great Nowhere", Vocabulary.Verdict.Maybe)]
    [InlineData("Huntingdon", "Great Nowhere", Vocabulary.Verdict.Maybe)]
    [InlineData("Huntingdon", "Huntingdon PE29", Vocabulary.Verdict.Yes)]
    [InlineData("Ely", "Huntingdon PE29", Vocabulary.Verdict.No)]
    [InlineData("Ely", "Huntingdon (PE29 and PE28)", Vocabulary.Verdict.No)]
    [Requirement("R-MEN-02")]
    public void Areas_OfWhichOneIsNotKnown_AreWhereTheOthersAre(string town, string areas, Vocabulary.Verdict reached) =>
        new AreaReach(Whereabouts.Find(null, town, MenuIndex.Empty)!).Of(Menu.Service("x") with { AreasServed = [.. areas.Split(';').Select(a => new ServiceArea(AreaKind.Named, a))] }).ShouldBe(reached);

    [Fact]
    public void Area_ThatIsACode_IsThatDistrict()
    {
        var area = SourceWords.Coded(new ServiceArea(AreaKind.Named, "E07000011"));

        (area.Name, area.Code).ShouldBe(("Huntingdonshire", "E07000011"));
        new AreaReach(new MenuPlace("E07000010")).Of(Menu.Service("x") with { AreasServed = [area] }).ShouldBe(Vocabulary.Verdict.No);
    }

    [Theory]
    [InlineData("Wisbech", Vocabulary.Verdict.Yes)]
    [InlineData("March", Vocabulary.Verdict.No)]
    public void AreaOfPostcodes_WhereOnlyTheTownIsKnown_IsTold(string town, Vocabulary.Verdict reached) =>
        new AreaReach(Whereabouts.Find(null, town, MenuIndex.Empty)!).Of(Menu.Service("x") with { AreasServed = [new(AreaKind.Named, "PE13 postcodes only")] }).ShouldBe(reached);

    [Theory]
    [InlineData("<p>Food &amp; <b>drink</b></p><script>alert(1)</script>", "Food & drink")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;Help", "Help")]
    [InlineData("<scr<script>x</script>ipt>alert(1)</script>ok", "ok")]
    [InlineData("Ages < 5 and > 2", "Ages < 5 and > 2")]
    [InlineData("<img src=x onerror=alert(1)>Tea", "Tea")]
    public void PlainText_Markup_IsTakenAway(string html, string plain) => PlainText.Of(html)!.ShouldContain(plain.Split('\n')[0]);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("&lt;img src=x onerror=alert(1)&gt;")]
    [InlineData("&amp;lt;svg onload=alert(1)&amp;gt;")]
    public void PlainText_Script_NeverComesThrough(string html) => (PlainText.Of(html) ?? "").ShouldNotContain("<");

    [Theory]
    [InlineData("Tuesday 11.00 – 13.00\nFriday 11.00 – 13.00", "TU 11:00-13:00;FR 11:00-13:00")]
    [InlineData("Mon-Fri 9am-5pm", "MO,TU,WE,TH,FR 09:00-17:00")]
    [InlineData("Every Wednesday, 6.30pm to 8pm", "WE 18:30-20:00")]
    [InlineData("Mondays and Thursdays 2-4pm", "MO,TH 14:00-16:00")]
    [InlineData("First Monday of the month 10am - 12 noon", "1MO 10:00-12:00")]
    [InlineData("Daily 8am to 8pm", "MO,TU,WE,TH,FR,SA,SU 08:00-20:00")]
    [InlineData("Alternate Tuesdays 10-12", "")]
    [InlineData("Tuesday mornings, ring for times", "")]
    [InlineData("Mon to Fri", "")]
    public void ScheduleWords_AreRulesOrStayWords(string text, string rules) =>
        string.Join(';', ScheduleWords.Read(text).Select(r => $"{string.Join(',', r.ByDay)} {r.Opens:HH:mm}-{r.Closes:HH:mm}")).ShouldBe(rules);

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:4700::1111", true)]
    public void IsPublic_Addresses_AreTold(string address, bool open) => PublicFetch.IsPublic(IPAddress.Parse(address)).ShouldBe(open);
}

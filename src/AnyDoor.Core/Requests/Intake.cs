using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Sharing;

namespace AnyDoor.Requests;

/// <summary>A person as they were told to us.</summary>
/// <param name="Name">Empty when nobody told it, as of a child in a council's form.</param>
/// <param name="BirthYear">When only an age was given.</param>
public sealed record NewPerson(string Name, MemberRole Role, DateOnly? DateOfBirth = null, int? BirthYear = null);

/// <summary>How the applicant may be reached.</summary>
public sealed record NewSafeContact(ContactWay By, DoNot DoNot = DoNot.Nothing, string? To = null, string? Phone = null, string? Email = null,
    bool PhoneIsPrivate = false, bool CheckBeforeContact = false, string? BestTime = null, string? Words = null)
{
    public Reach AsReach() => new(By, DoNot, To, Phone, Email, PhoneIsPrivate, CheckBeforeContact, BestTime, Words);
}

/// <summary>One answer given with a request, the value as JSON.</summary>
public sealed record NewAnswer(string Fact, string Value);

/// <summary>A request from any door: a resident's form, a partner's page, a partner's system, a council's old form.</summary>
public sealed record NewRequest
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string DoorId { get; init; }
    public required IReadOnlyList<NewPerson> People { get; init; }
    public required NewSafeContact Contact { get; init; }
    public required Urgency Urgency { get; init; }
    public required DateTime SubmittedAt { get; init; }
    public required bool Invented { get; init; }
    /// <summary>By when somebody answers; null: as usual.</summary>
    public Promises? Promised { get; init; }
    public string? SchemeId { get; init; }
    public bool ForSomeoneElse { get; init; }
    public bool PermissionGiven { get; init; }
    public Guid? BroughtByOrganisation { get; init; }
    public Guid? BroughtByWorker { get; init; }
    public string TaskType { get; init; } = "support";
    public string? UrgencyWhy { get; init; }
    public string? Address { get; init; }
    public Postcode? Postcode { get; init; }
    /// <summary>The first part of a postcode, when that is all they know. It stands in the address too.</summary>
    public string? Outward { get; init; }
    public bool NoFixedAddress { get; init; }
    /// <summary>The district, when it was told; otherwise the postcode gives it.</summary>
    public string? District { get; init; }
    /// <summary>The neighbourhood (LSOA 2011), when it is known otherwise than by the postcode.</summary>
    public string? Lsoa11 { get; init; }
    public bool AddressHidden { get; init; }
    public IReadOnlyList<string> Needs { get; init; } = [];
    public IReadOnlyList<NewAnswer> Answers { get; init; } = [];
    public string? Words { get; init; }
    public string? Language { get; init; }
    public int? HouseholdSize { get; init; }
    /// <summary>The resident's secret code, when they have one: only its hash is stored.</summary>
    public string? Code { get; init; }
    /// <summary>The form is not sent yet: an urgent answer brings it into the queue at once.</summary>
    public bool PartFilled { get; init; }
    /// <summary>The code of the leaflet or message that brought them.</summary>
    public string? Campaign { get; init; }
    public Guid? ImportId { get; init; }
    public string? SourceReference { get; init; }
    public string? SourceFingerprint { get; init; }
    public DateTime? FirstContactAt { get; init; }
    public string? PassedTo { get; init; }
    public RequestStatus Status { get; init; } = RequestStatus.Waiting;
}

/// <summary>What a request became.</summary>
public sealed record Received(Guid RequestId, string Reference, Guid HouseholdId, Guid ApplicantId);

/// <summary>
/// Takes requests in, one or thousands, by the same path: a household entered anew with its people, safe contact, answers and needs.
/// Nobody is matched here in the open: possible matches are found unseen and shown to a worker with grounds.
/// </summary>
public sealed partial class Intake(PostcodeDirectory postcodes)
{
    /// <summary>How long the hub may still look after somebody was helped: to check that it helped, and for questions.</summary>
    public const int DaysAfterHelp = 90;

    /// <summary>Stands for the applicant's name until it is told. It is not searched by.</summary>
    public const string NoName = "Name not given yet";

    public IReadOnlyList<Received> Receive(Command c, IReadOnlyList<NewRequest> requests) => [.. requests.Select(r => Receive(c, r))];

    public Received Receive(Command c, NewRequest request)
    {
        request = request with { AddressHidden = OwnWords.IsAtRisk(request) };
        var place = request.Postcode is { } postcode ? postcodes.Find(postcode) : null;
        var district = request.District ?? place?.District ?? postcodes.DistrictOf(request.Outward);
        var day = LondonTime.DayOf(request.SubmittedAt);

        var household = new Household
        {
            Id = Guid.CreateVersion7(), CreatedAt = request.SubmittedAt, District = district, Lsoa11 = request.Lsoa11 ?? place?.Lsoa11, Lsoa21 = place?.Lsoa21, Version = 1,
            Size = request.HouseholdSize ?? (request.People.Count > 1 ? request.People.Count : null),
        };
        c.Insert(household);
        var applicant = Guid.Empty;
        foreach (var (told, index) in request.People.Select((p, i) => (p, i)))
        {
            var person = new Person
            {
                Id = Guid.CreateVersion7(), Name = index == 0 && told.Name.Length == 0 ? NoName : told.Name, FoldedName = Folding.Fold(told.Name), DateOfBirth = told.DateOfBirth,
                BirthYear = told.DateOfBirth?.Year ?? told.BirthYear, Invented = request.Invented,
                AtRisk = request.AddressHidden, Language = index == 0 ? request.Language : null,
            };
            c.Insert(person);
            c.Insert(new Membership { Id = Guid.CreateVersion7(), HouseholdId = household.Id, PersonId = person.Id, Role = told.Role, From = day });
            if (index == 0) applicant = person.Id;
        }
        if (request.Address is not null || request.Postcode is not null || request.NoFixedAddress)
            c.Insert(new Address
            {
                Id = Guid.CreateVersion7(), HouseholdId = household.Id, Lines = request.Address, Postcode = request.Postcode?.Compact, NoFixedAddress = request.NoFixedAddress, From = day,
            });
        c.Insert(new SafeContact
        {
            Id = Guid.CreateVersion7(), PersonId = applicant, By = request.Contact.By, To = request.Contact.To, Phone = request.Contact.Phone, Email = request.Contact.Email,
            DoNot = request.Contact.DoNot, PhoneIsPrivate = request.Contact.PhoneIsPrivate, CheckBeforeContact = request.Contact.CheckBeforeContact,
            BestTime = request.Contact.BestTime, Words = request.Contact.Words, At = request.SubmittedAt,
        });
        return Ask(c, request, household.Id, applicant, district);
    }

    /// <summary>Somebody whom a worker knows for sure asks again: a new request of the same household, whose people and safe contact stay as they are.</summary>
    public static async Task<Received> ReceiveAgainAsync(Command c, NewRequest request, Guid household, Guid applicant, string? district)
    {
        // Who is not safe at home is not, whatever was known before.
        if (OwnWords.IsAtRisk(request)) await AtRiskMark.SetAsync(c, household, applicant);
        return Ask(c, request, household, applicant, district);
    }

    private static Received Ask(Command c, NewRequest request, Guid household, Guid applicant, string? district)
    {
        foreach (var answer in request.Answers)
            c.Insert(new Answer
            {
                Id = Guid.CreateVersion7(), HouseholdId = household, PersonId = applicant, Fact = answer.Fact, Value = answer.Value,
                Origin = request.ImportId is null ? "request" : "import", At = request.SubmittedAt,
            });

        var reference = request.ImportId is null || request.SourceReference is null
            ? Reference.New()
            : Reference.From(c.LogKey.HashSecret("import-reference", JsonSerializer.Serialize(new[] { request.SchemeId, request.SourceReference })));
        c.Insert(new Request
        {
            Id = request.Id, Reference = reference, DoorId = request.DoorId, HouseholdId = household, ApplicantId = applicant, SchemeId = request.SchemeId,
            ForSomeoneElse = request.ForSomeoneElse, PermissionGiven = request.PermissionGiven, BroughtByOrganisation = request.BroughtByOrganisation, BroughtByWorker = request.BroughtByWorker,
            SubmittedAt = request.SubmittedAt, Urgency = request.Urgency, UrgencyWhy = request.UrgencyWhy, AnswerBy = AnswerClock.AnswerBy(request.Urgency, request.SubmittedAt, request.Promised),
            TaskType = request.TaskType, Status = request.Status, District = district, Postcode = request.Postcode?.Compact, Language = request.Language, Words = request.Words,
            CodeHash = request.Code is null ? null : c.LogKey.HashSecret("request-code", request.Code), ImportId = request.ImportId, SourceReference = request.SourceReference,
            PartFilled = request.PartFilled, Campaign = request.Campaign,
            SourceFingerprint = request.SourceFingerprint, FirstContactAt = request.FirstContactAt, PassedTo = request.PassedTo,
            ClosedAt = request.Status == RequestStatus.Helped ? request.FirstContactAt ?? request.SubmittedAt : null, Version = 1,
        });
        foreach (var need in request.Needs.Distinct())
            c.Insert(new RequestNeed { RequestId = request.Id, NeedId = need, Origin = request.ImportId is null ? "request" : "import" });
        if (request.FirstContactAt is { } contactedAt)
            c.Insert(new Contact { Id = Guid.CreateVersion7(), RequestId = request.Id, At = contactedAt, Way = "not-recorded", Outcome = "spoke" });

        // The grounds on which the hub may look while the request is open; what a partner brought, the partner may see.
        // What came from an old form as helped or passed on is history: its ground ends as that of one that was helped here does.
        c.Insert(new Ground
        {
            Id = Guid.CreateVersion7(), HouseholdId = household, Purpose = Purpose.RespondToRequest, From = request.SubmittedAt,
            To = request.Status is RequestStatus.Helped or RequestStatus.HandedOver ? (request.FirstContactAt ?? request.SubmittedAt).AddDays(DaysAfterHelp) : null,
            Cause = "open-request", CauseId = request.Id,
        });
        if (request.BroughtByOrganisation is { } brought)
            c.Insert(new Ground
            {
                Id = Guid.CreateVersion7(), HouseholdId = household, OrganisationId = brought, Purpose = Purpose.RespondToRequest, From = request.SubmittedAt, Cause = "brought", CauseId = request.Id,
            });
        c.Record("request.received", request.Id, household);
        return new Received(request.Id, reference, household, applicant);
    }
}

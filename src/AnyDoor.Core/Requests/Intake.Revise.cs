using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Households;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

public sealed partial class Intake
{
    /// <summary>
    /// Brings a request that came into the queue part-filled up to what has been told since. What a worker has written meanwhile stays.
    /// The same form again changes nothing.
    /// </summary>
    /// <param name="finish">The form is sent: children are entered, the code is set, and the request is no longer part-filled.</param>
    public async Task<Received> ReviseAsync(Command c, Guid requestId, NewRequest told, bool finish)
    {
        told = told with { AddressHidden = OwnWords.IsAtRisk(told) };
        var request = await c.Db.Set<Request>().AsTracking().SingleAsync(r => r.Id == requestId, c.Cancel);
        var household = await c.Db.Set<Household>().AsTracking().SingleAsync(h => h.Id == request.HouseholdId, c.Cancel);
        var applicant = await c.Db.Set<Person>().AsTracking().SingleAsync(p => p.Id == request.ApplicantId, c.Cancel);
        if (!request.PartFilled) return Of(request);

        var place = told.Postcode is { } postcode ? postcodes.Find(postcode) : null;
        var district = told.District ?? place?.District ?? postcodes.DistrictOf(told.Outward);
        (household.District, household.Lsoa11, household.Lsoa21) = (district ?? household.District, place?.Lsoa11 ?? household.Lsoa11, place?.Lsoa21 ?? household.Lsoa21);
        household.Size = told.HouseholdSize ?? household.Size;
        household.Version++;

        var first = told.People[0];
        if (first.Name.Length > 0) (applicant.Name, applicant.FoldedName) = (first.Name, Folding.Fold(first.Name));
        if (first.DateOfBirth is { } born) (applicant.DateOfBirth, applicant.BirthYear) = (born, born.Year);
        if (told.AddressHidden) await AtRiskMark.SetAsync(c, household.Id, applicant.Id);
        applicant.Language = told.Language ?? applicant.Language;

        var contact = await ReviseContactAsync(c, applicant.Id, told);
        // A record that was joined is reached as the kept one says: what this form says now can only make that stricter.
        if (applicant.SameAs is { } kept && contact) await HouseholdReader.TellStricterAsync(c, kept, told.Contact.AsReach(), null);
        await ReviseAddressAsync(c, household.Id, told);
        await ReviseAnswersAsync(c, household.Id, applicant.Id, told);
        var had = await c.Db.Set<RequestNeed>().Where(n => n.RequestId == requestId).Select(n => n.NeedId).ToListAsync(c.Cancel);
        foreach (var need in told.Needs.Distinct().Except(had)) c.Insert(new RequestNeed { RequestId = requestId, NeedId = need, Origin = "request" });

        (request.District, request.Postcode) = (district ?? request.District, told.Postcode?.Compact ?? request.Postcode);
        (request.Language, request.Words) = (told.Language ?? request.Language, told.Words ?? request.Words);
        request.PermissionGiven = told.PermissionGiven;
        // An answer that was taken back does not take back the clock that it started.
        if (told.Urgency < request.Urgency) (request.Urgency, request.AnswerBy) = (told.Urgency, AnswerClock.AnswerBy(told.Urgency, told.SubmittedAt, told.Promised));
        request.UrgencyWhy = told.UrgencyWhy ?? request.UrgencyWhy;
        request.Version++;
        if (finish)
        {
            var day = LondonTime.DayOf(told.SubmittedAt);
            foreach (var child in told.People.Skip(1))
            {
                var person = new Person
                {
                    Id = Guid.CreateVersion7(), Name = child.Name, FoldedName = Folding.Fold(child.Name), DateOfBirth = child.DateOfBirth, BirthYear = child.DateOfBirth?.Year ?? child.BirthYear,
                    Invented = told.Invented, AtRisk = told.AddressHidden,
                };
                c.Insert(person);
                c.Insert(new Membership { Id = Guid.CreateVersion7(), HouseholdId = household.Id, PersonId = person.Id, Role = child.Role, From = day });
            }
            request.CodeHash = told.Code is null ? null : c.LogKey.HashSecret("request-code", told.Code);
            request.PartFilled = false;
        }
        c.Record(finish ? "request.finished" : "request.filled-further", requestId, household.Id);
        return Of(request);
    }

    private static Received Of(Request r) => new(r.Id, r.Reference, r.HouseholdId, r.ApplicantId);

    /// <summary>Gives whether the form says anything new.</summary>
    private static async Task<bool> ReviseContactAsync(Command c, Guid person, NewRequest told)
    {
        var rows = await c.Db.Set<SafeContact>().Where(s => s.PersonId == person).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).ToListAsync(c.Cancel);
        var (said, now) = (told.Contact, told.Contact.AsReach());
        // What the form said when it was last kept. Its free words alone change nothing.
        if (rows.Find(s => s.ToldTo is null) is { } form && HouseholdReader.ToReach(form) with { Words = said.Words } == now) return false;
        var worker = rows[0].ToldTo;
        if (worker is not null)
        {
            // A worker has talked with them meanwhile: the form can only make it stricter, and somebody checks first.
            var last = HouseholdReader.ToReach(rows[0]);
            var both = SafeContacts.Strictest(last, now) with { CheckBeforeContact = true };
            if (both with { Words = last.Words } == last) return false;
            now = both;
        }
        c.Insert(new SafeContact
        {
            Id = Guid.CreateVersion7(), PersonId = person, By = now.By, To = now.To, Phone = now.Phone, Email = now.Email, DoNot = now.DoNot, PhoneIsPrivate = now.PhoneIsPrivate,
            CheckBeforeContact = now.CheckBeforeContact, BestTime = now.BestTime, Words = now.Words, At = told.SubmittedAt, ToldTo = worker,
        });
        return true;
    }

    private static async Task ReviseAddressAsync(Command c, Guid household, NewRequest told)
    {
        if (told.Address is null && told.Postcode is null && !told.NoFixedAddress) return;
        var last = await c.Db.Set<Address>().AsTracking().Where(a => a.HouseholdId == household && a.To == null).OrderByDescending(a => a.Id).FirstOrDefaultAsync(c.Cancel);
        if (last is not null && (last.Lines, last.Postcode, last.NoFixedAddress) == (told.Address, told.Postcode?.Compact, told.NoFixedAddress)) return;
        var day = LondonTime.DayOf(told.SubmittedAt);
        if (last is not null) last.To = day;
        c.Insert(new Address { Id = Guid.CreateVersion7(), HouseholdId = household, Lines = told.Address, Postcode = told.Postcode?.Compact, NoFixedAddress = told.NoFixedAddress, From = day });
    }

    private static async Task ReviseAnswersAsync(Command c, Guid household, Guid person, NewRequest told)
    {
        var standing = await c.Db.Set<Answer>().AsTracking().Where(a => a.HouseholdId == household && a.ReplacedAt == null).ToListAsync(c.Cancel);
        foreach (var answer in told.Answers)
        {
            var before = standing.Where(a => a.Fact == answer.Fact).ToList();
            // A worker who has talked with them meanwhile knows better than the form.
            if (before.Any(a => a.Origin != "request" || a.Value == answer.Value)) continue;
            foreach (var old in before) old.ReplacedAt = told.SubmittedAt;
            c.Insert(new Answer { Id = Guid.CreateVersion7(), HouseholdId = household, PersonId = person, Fact = answer.Fact, Value = answer.Value, Origin = "request", At = told.SubmittedAt });
        }
    }
}

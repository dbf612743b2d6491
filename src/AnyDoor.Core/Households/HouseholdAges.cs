using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>How old the people of a household are on a day, for rules that go by it. Nobody is shown to anybody: no name, no date of birth leaves here.</summary>
internal static class HouseholdAges
{
    public static async Task<IReadOnlyList<(Guid Person, int? Age)>> OnAsync(AnyDoorDb db, Guid household, DateOnly day, CancellationToken cancel)
    {
        var people = await (from membership in db.Set<Membership>()
                            where membership.HouseholdId == household && membership.From <= day && (membership.To == null || membership.To >= day)
                            join person in db.Set<Person>() on membership.PersonId equals person.Id
                            select new { Id = person.SameAs ?? person.Id, person.DateOfBirth, person.BirthYear }).ToListAsync(cancel);
        return [.. people.DistinctBy(p => p.Id).Select(p => (p.Id, Names.Age(p.DateOfBirth, p.BirthYear, day)))];
    }
}

using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

internal static class FundsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Fund>(e => { e.ToTable("fund"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.Name, x.Authority }).IsUnique(); });
        model.Entity<FundRound>(e =>
        {
            e.ToTable("fund_round");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.FundId, x.Key }).IsUnique();
            e.HasOne<Fund>().WithMany().HasForeignKey(x => x.FundId);
        });
        model.Entity<Scheme>(e => { e.ToTable("scheme"); e.HasKey(x => x.Id); e.HasOne<FundRound>().WithMany().HasForeignKey(x => x.RoundId); });
        model.Entity<SchemeVersion>(e =>
        {
            e.ToTable("scheme_version");
            e.HasKey(x => new { x.SchemeId, x.Number });
            e.HasOne<Scheme>().WithMany().HasForeignKey(x => x.SchemeId);
        });
        model.Entity<LedgerAccount>(e =>
        {
            e.ToTable("ledger_account");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.RoundId, x.SchemeId, x.Kind }).IsUnique();
            e.HasOne<FundRound>().WithMany().HasForeignKey(x => x.RoundId);
            e.HasOne<Scheme>().WithMany().HasForeignKey(x => x.SchemeId);
        });
        // No foreign keys to the account, nor from awards to the scheme: each would lock a row that every award of the county shares.
        // The verifier names an entry without an account.
        model.Entity<LedgerEntry>(e =>
        {
            e.ToTable("ledger_entry");
            e.HasKey(x => new { x.TransactionId, x.Line });
            e.HasIndex(x => x.AwardId);
            e.HasIndex(x => new { x.AccountId, x.EffectiveOn });
            e.HasIndex(x => new { x.Reverses, x.Line }).IsUnique().HasFilter("reverses IS NOT NULL");
        });
        AwardsModel.Configure(model);
    }
}

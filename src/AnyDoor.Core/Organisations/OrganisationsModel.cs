using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

internal static class OrganisationsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Organisation>(e => { e.ToTable("organisation"); e.HasKey(x => x.Id); e.HasIndex(x => x.Handle).IsUnique(); });
        model.Entity<Worker>(e =>
        {
            e.ToTable("worker");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.Handle).IsUnique();
            e.HasOne<Organisation>().WithMany().HasForeignKey(x => x.OrganisationId);
        });
        model.Entity<Door>(e => { e.ToTable("door"); e.HasKey(x => x.Id); e.HasOne<Organisation>().WithMany().HasForeignKey(x => x.OrganisationId); });
        model.Entity<ApiKey>(e =>
        {
            e.ToTable("api_key");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.Hash).IsUnique();
            e.HasOne<Worker>().WithMany().HasForeignKey(x => x.WorkerId);
        });
        model.Entity<Account>(e =>
        {
            e.ToTable("account");
            e.HasKey(x => x.WorkerId);
            e.HasIndex(x => x.EmailFolded).IsUnique();
            e.HasIndex(x => x.SingleSignOn).IsUnique();
            e.Ignore(x => x.Doing);
            e.HasOne<Worker>().WithMany().HasForeignKey(x => x.WorkerId);
        });
        model.Entity<Passkey>(e => { e.ToTable("passkey"); e.HasKey(x => x.CredentialId); e.HasIndex(x => x.WorkerId); e.HasOne<Worker>().WithMany().HasForeignKey(x => x.WorkerId); });
        model.Entity<StaffSession>(e => { e.ToTable("staff_session"); e.HasKey(x => x.Id); e.HasIndex(x => x.WorkerId); e.HasOne<Worker>().WithMany().HasForeignKey(x => x.WorkerId); });
        model.Entity<Invitation>(e => { e.ToTable("invitation"); e.HasKey(x => x.Id); e.HasIndex(x => x.CodeHash).IsUnique(); e.HasIndex(x => x.WorkerId); e.HasOne<Worker>().WithMany().HasForeignKey(x => x.WorkerId); });
        model.Entity<KeptForm>(e => { e.ToTable("kept_form"); e.HasKey(x => x.Id); e.HasIndex(x => x.WorkerId); });
        model.Entity<Setting>(e => { e.ToTable("setting"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.Key, x.Version }).IsUnique(); });
        model.Entity<PartnershipPicture>(e => { e.ToTable("partnership_picture"); e.HasKey(x => x.Id); });
    }
}

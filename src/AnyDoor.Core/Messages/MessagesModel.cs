using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Messages;

internal static class MessagesModel
{
    public static void Configure(ModelBuilder model) =>
        model.Entity<OutboxMessage>(e =>
        {
            e.ToTable("outbox_message");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.State, x.DueAt });
            e.HasIndex(x => x.CauseId);
        });
}

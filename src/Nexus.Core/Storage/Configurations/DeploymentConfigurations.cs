using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Builds;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Core.Rollouts;
using Nexus.Core.Routing;

namespace Nexus.Core.Storage.Configurations;

internal sealed class DeploymentConfiguration : IEntityTypeConfiguration<Deployment>
{
    private const string NotDeleted = "\"DeletedAt\" IS NULL";

    public void Configure(EntityTypeBuilder<Deployment> builder)
    {
        builder.Property(deployment => deployment.Name).HasMaxLength(63);
        builder.Property(deployment => deployment.DisplayName).HasMaxLength(DeploymentRules.LongestDisplayName);
        builder.Property(deployment => deployment.HostLabel).HasMaxLength(63);
        builder.Property(deployment => deployment.Provider).HasMaxLength(64);
        builder.Property(deployment => deployment.Region).HasMaxLength(64);
        builder.Property(deployment => deployment.Generation).IsConcurrencyToken();
        builder.Property(deployment => deployment.LastFailure).HasJsonConversion();
        builder.Property(deployment => deployment.Services).HasJsonConversion().HasDefaultValueSql("'[]'");
        builder.HasOne<Organization>().WithMany().HasForeignKey(deployment => deployment.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(deployment => deployment.ProjectId);
        builder.HasIndex(deployment => new { deployment.OrganizationId, deployment.Name })
            .IsUnique().HasFilter(NotDeleted);
        builder.HasIndex(deployment => deployment.HostLabel).IsUnique().HasFilter(NotDeleted);
        builder.HasIndex(deployment => new { deployment.OrganizationId, deployment.Id });
        builder.HasIndex(deployment => deployment.NextPassAt);
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> builder)
    {
        builder.HasKey(revision => new { revision.DeploymentId, revision.Number });
        builder.HasOne<Deployment>().WithMany().HasForeignKey(revision => revision.DeploymentId);
        builder.Ignore(revision => revision.Origin);
        builder.HasIndex(revision => revision.ResolvedImage);
        builder.HasIndex(revision => revision.UploadId);
        builder.Property(revision => revision.Source).HasJsonConversion();
        builder.Property(revision => revision.Commit).HasMaxLength(64);
        builder.Property(revision => revision.ExposedPorts).HasJsonConversion();
        builder.Property(revision => revision.Variables).HasJsonConversion();
        builder.Property(revision => revision.Command).HasJsonConversion();
        builder.Property(revision => revision.HealthCheck).HasJsonConversion();
    }
}

internal sealed class BuildLogLineConfiguration : IEntityTypeConfiguration<BuildLogLine>
{
    public void Configure(EntityTypeBuilder<BuildLogLine> builder)
    {
        builder.HasKey(line => new { line.DeploymentId, line.Revision, line.Number });
        builder.HasOne<Revision>().WithMany().HasForeignKey(line => new { line.DeploymentId, line.Revision });
        builder.Property(line => line.Stream).HasMaxLength(16);
    }
}

internal sealed class RolloutConfiguration : IEntityTypeConfiguration<Rollout>
{
    public void Configure(EntityTypeBuilder<Rollout> builder)
    {
        builder.HasOne<Deployment>().WithMany().HasForeignKey(rollout => rollout.DeploymentId);
        builder.HasIndex(rollout => new { rollout.DeploymentId, rollout.Generation }).IsUnique();
        builder.Property(rollout => rollout.Failure).HasJsonConversion();
        builder.Property(rollout => rollout.Steps).HasJsonConversion();
    }
}

internal sealed class DeploymentEventConfiguration : IEntityTypeConfiguration<DeploymentEvent>
{
    public void Configure(EntityTypeBuilder<DeploymentEvent> builder)
    {
        builder.HasOne<Deployment>().WithMany().HasForeignKey(happened => happened.DeploymentId);
        builder.HasIndex(happened => new { happened.DeploymentId, happened.Id });
        builder.Property(happened => happened.Kind).HasMaxLength(64);
        builder.Property(happened => happened.Replica).HasMaxLength(32);
    }
}

internal sealed class RouteConfiguration : IEntityTypeConfiguration<Route>
{
    public void Configure(EntityTypeBuilder<Route> builder)
    {
        builder.HasKey(route => route.DeploymentId);
        builder.HasOne<Deployment>().WithOne().HasForeignKey<Route>(route => route.DeploymentId);
        builder.Property(route => route.HostLabel).HasMaxLength(63);
        builder.Property(route => route.Domains).HasJsonConversion().HasDefaultValueSql("'[]'");
        builder.Property(route => route.Targets).HasJsonConversion();
        builder.HasIndex(route => route.Version);
    }
}

internal sealed class AttachedDatabaseConfiguration : IEntityTypeConfiguration<AttachedDatabase>
{
    public void Configure(EntityTypeBuilder<AttachedDatabase> builder)
    {
        builder.HasKey(database => new { database.DeploymentId, database.Kind });
        builder.HasOne<Deployment>().WithMany().HasForeignKey(database => database.DeploymentId);
        builder.Property(database => database.KeyId).HasMaxLength(16);
        builder.Ignore(database => database.Place);
    }
}

using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.AttachedDatabases;
using Nexus.Core.Audit;
using Nexus.Core.Builds;
using Nexus.Core.Commands;
using Nexus.Core.Databases.Fixes;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Sources;
using Nexus.Core.Deployments;
using Nexus.Core.Domains;
using Nexus.Core.Domains.Certificates;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;
using Nexus.Core.Rollouts;
using Nexus.Core.Routing;
using Nexus.Core.Secrets;
using Nexus.Core.Storage.Configurations;
using Nexus.Core.Uploads;
using Nexus.Core.Usage;

namespace Nexus.Core.Storage;

/// <summary>The core's one model. A derived context for each database holds its migrations and what its types need.</summary>
public abstract class NexusDbContext(DbContextOptions options) : DbContext(options)
{
    public const string MigrationsHistoryTable = "__NexusMigrations";

    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Project> Projects => Set<Project>();
    public DbSet<ProjectMember> ProjectMembers => Set<ProjectMember>();
    public DbSet<Deployment> Deployments => Set<Deployment>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<Rollout> Rollouts => Set<Rollout>();
    public DbSet<DeploymentEvent> DeploymentEvents => Set<DeploymentEvent>();
    public DbSet<Route> Routes => Set<Route>();
    public DbSet<BuildLogLine> BuildLogLines => Set<BuildLogLine>();
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<UploadChunk> UploadChunks => Set<UploadChunk>();
    public DbSet<CustomDomain> CustomDomains => Set<CustomDomain>();
    public DbSet<DomainCertificate> DomainCertificates => Set<DomainCertificate>();
    public DbSet<IssuedCertificate> IssuedCertificates => Set<IssuedCertificate>();
    public DbSet<AcmeAccount> AcmeAccounts => Set<AcmeAccount>();
    public DbSet<AcmeChallenge> AcmeChallenges => Set<AcmeChallenge>();
    public DbSet<Secret> Secrets => Set<Secret>();
    public DbSet<SecretVersion> SecretVersions => Set<SecretVersion>();
    public DbSet<SecretUse> SecretUses => Set<SecretUse>();
    public DbSet<AttachedDatabase> AttachedDatabases => Set<AttachedDatabase>();
    public DbSet<DatabaseSource> DatabaseSources => Set<DatabaseSource>();
    public DbSet<FixProposal> FixProposals => Set<FixProposal>();
    public DbSet<CommandRecord> CommandRecords => Set<CommandRecord>();
    public DbSet<AuditRecord> AuditRecords => Set<AuditRecord>();
    public DbSet<AuditChain> AuditChains => Set<AuditChain>();
    public DbSet<UsageCount> UsageCounts => Set<UsageCount>();

    // By name: to find them in the assembly would load all of its types at every start.
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfiguration(new AcmeAccountConfiguration())
        .ApplyConfiguration(new AcmeChallengeConfiguration())
        .ApplyConfiguration(new AttachedDatabaseConfiguration())
        .ApplyConfiguration(new AuditChainConfiguration())
        .ApplyConfiguration(new AuditRecordConfiguration())
        .ApplyConfiguration(new BuildLogLineConfiguration())
        .ApplyConfiguration(new CommandRecordConfiguration())
        .ApplyConfiguration(new CustomDomainConfiguration())
        .ApplyConfiguration(new DatabaseSourceConfiguration())
        .ApplyConfiguration(new DeploymentConfiguration())
        .ApplyConfiguration(new DeploymentEventConfiguration())
        .ApplyConfiguration(new DomainCertificateConfiguration())
        .ApplyConfiguration(new FixProposalConfiguration())
        .ApplyConfiguration(new InvitationConfiguration())
        .ApplyConfiguration(new IssuedCertificateConfiguration())
        .ApplyConfiguration(new MemberConfiguration())
        .ApplyConfiguration(new OrganizationConfiguration())
        .ApplyConfiguration(new ProjectConfiguration())
        .ApplyConfiguration(new ProjectMemberConfiguration())
        .ApplyConfiguration(new RevisionConfiguration())
        .ApplyConfiguration(new RolloutConfiguration())
        .ApplyConfiguration(new RouteConfiguration())
        .ApplyConfiguration(new SecretConfiguration())
        .ApplyConfiguration(new SecretUseConfiguration())
        .ApplyConfiguration(new SecretVersionConfiguration())
        .ApplyConfiguration(new UploadChunkConfiguration())
        .ApplyConfiguration(new UploadConfiguration())
        .ApplyConfiguration(new UsageCountConfiguration());

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Role>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<MemberKind>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<DeploymentEnvironment>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<DeploymentStatus>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<AttachedDatabaseKind>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<WantedState>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<RolloutOutcome>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<RouteState>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<DatabaseEngine>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<UsageMeasure>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<DatabaseSslMode>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<RiskLevel>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<FixState>().HaveConversion<string>().HaveMaxLength(32);
    }
}

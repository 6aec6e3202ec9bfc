namespace Nexus.Core.Rollouts;

/// <summary>What a rollout's story calls each step. Several steps of a kind are one line.</summary>
internal static class StepKinds
{
    public const string Build = "build_image";

    public static string Of(Step step) => step switch
    {
        Step.PrepareImage => "prepare_image",
        Step.BuildImage => Build,
        Step.StartDatabase => "start_databases",
        Step.StopDatabases => "stop_databases",
        Step.RemoveDatabases => "remove_databases",
        Step.StartReplica => "start_replicas",
        Step.RestartReplica or Step.WaitUntil => "restart_replica",
        Step.WaitUntilHealthy => "health_check",
        Step.SwitchTraffic => "switch_traffic",
        Step.Drain => "drain",
        Step.StopReplica => "stop_replicas",
        Step.RemoveReplica => "remove_replicas",
        Step.GiveUp or Step.GiveUpOnDatabase => "give_up",
        _ => "done",
    };
}

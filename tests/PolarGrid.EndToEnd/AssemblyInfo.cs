// Every class starts servers that want all processors; side by side they would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

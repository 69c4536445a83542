package org.dl4jsnn.examples.spark;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockUpdatedInfo;
import org.apache.spark.storage.BroadcastBlockId;

/**
 * Counts the bytes that Spark sends to workers and gets back. Complete only after Spark is closed,
 * since it reports late.
 */
final class SparkTraffic extends SparkListener {

  private final NavigableMap<Long, Long> sent = new ConcurrentSkipListMap<>();
  private final NavigableMap<Long, Long> received = new ConcurrentSkipListMap<>();
  private final AtomicLong returned = new AtomicLong();

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated update) {
    BlockUpdatedInfo block = update.blockUpdatedInfo();
    // Pieces are what is sent; a removal is also an update, with an invalid level.
    if (block.blockId() instanceof BroadcastBlockId id
        && id.field().startsWith("piece")
        && block.storageLevel().isValid()) {
      (block.blockManagerId().isDriver() ? sent : received)
          .merge(id.broadcastId(), block.memSize() + block.diskSize(), Long::sum);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    // A task lost with its worker has no metrics.
    if (end.taskMetrics() != null) {
      returned.addAndGet(end.taskMetrics().resultSize());
    }
  }

  /** Bytes of all broadcasts after one and before another, as the driver made them. */
  long sent(long after, long before) {
    return sum(sent, after, before);
  }

  /** The same, as all executors outside the driver's process got them. */
  long received(long after, long before) {
    return sum(received, after, before);
  }

  /** Bytes of all tasks' results. */
  long returned() {
    return returned.get();
  }

  private static long sum(NavigableMap<Long, Long> bytes, long after, long before) {
    return bytes.subMap(after, false, before, false).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}

package org.dl4jsnn.internal.handover;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The only place where a spike train is attached to the activation array that it travels with.
 *
 * <p>Deeplearning4j hands each layer the same array object that the layer before returned, and has
 * no other channel between layers. So a train is attached to that object by identity, and the next
 * layer finds it through the object. The array is referenced weakly: a train that no layer takes is
 * collected with its array. See docs/decisions/0002-trains-beside-activations.md.
 *
 * <p>All methods are safe to call from several threads.
 */
public final class AttachedSpikeTrains {

  private static final Map<Identity, Attachment> ATTACHMENTS = new ConcurrentHashMap<>();
  private static final ReferenceQueue<INDArray> COLLECTED = new ReferenceQueue<>();
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private AttachedSpikeTrains() {}

  /** Attaches a train to the activation array that a layer returns; messages name the producer. */
  public static void attach(INDArray activation, Beside beside, String producer) {
    for (Object gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
      ATTACHMENTS.remove(gone);
    }
    ATTACHMENTS.put(
        new Identity(activation, COLLECTED),
        new Attachment(
            beside,
            HostArrays.fingerprint(activation),
            producer,
            Thread.currentThread().getId(),
            SEQUENCE.getAndIncrement()));
  }

  /**
   * The attachment of an activation array.
   *
   * @param inbox where to leave their gradient in time
   * @param isPiece whether they continue the piece before, for a layer that carries a state
   * @param rates whether the activation is read; null if it always may be
   */
  public record Beside(SpikeTrain train, GradientInbox inbox, boolean isPiece, RatesUse rates) {

    /** Creates an attachment for a whole window. */
    public Beside(SpikeTrain train, GradientInbox inbox) {
      this(train, inbox, false, null);
    }

    /** Tells the layer before that its only reader needs the spikes alone. */
    public void leaveRatesUnread() {
      if (rates != null) {
        rates.leaveUnread();
      }
    }
  }

  /**
   * The train and inbox of an activation array; empty if it has none, or if the array has been
   * changed since, as by a stock dropout layer in place.
   */
  public static Optional<Beside> beside(INDArray activation) {
    return Optional.ofNullable(ATTACHMENTS.get(new Identity(activation, null)))
        .filter(attachment -> attachment.fingerprint == HostArrays.fingerprint(activation))
        .map(Attachment::beside);
  }

  /** The activation array with a train whose memory an array shares, such as a reshaped one. */
  public static Optional<INDArray> sharing(INDArray reshaped) {
    // Memory may be reused: of several arrays at one place only the last one is still valid.
    return ATTACHMENTS.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().sequence()))
        .map(entry -> entry.getKey().get())
        .filter(array -> array != null && isSamePlace(array, reshaped))
        .findFirst();
  }

  private static boolean isSamePlace(INDArray one, INDArray other) {
    return one.length() == other.length()
        && one.dataType() == other.dataType()
        && one.data().address() == other.data().address();
  }

  /** Releases the train attached to an activation array, so that its memory can be reused. */
  public static void release(INDArray activation) {
    ATTACHMENTS.remove(new Identity(activation, null));
  }

  /**
   * The layer that last attached a train on the calling thread, if one is alive, for the message of
   * a layer without a train.
   */
  public static Optional<String> lastProducer() {
    long thread = Thread.currentThread().getId();
    return ATTACHMENTS.values().stream()
        .filter(attachment -> attachment.thread == thread)
        .max(Comparator.comparingLong(Attachment::sequence))
        .map(Attachment::producer);
  }

  private record Attachment(
      Beside beside, int fingerprint, String producer, long thread, long sequence) {}

  /** A weak key that is equal to another while both refer to the same living array. */
  private static final class Identity extends WeakReference<INDArray> {

    private final int hash;

    Identity(INDArray array, ReferenceQueue<INDArray> queue) {
      super(array, queue);
      hash = System.identityHashCode(array);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      INDArray array = get();
      return array != null && other instanceof Identity that && array == that.get();
    }
  }
}

package org.dl4jsnn.monitor.health.ui;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deeplearning4j.core.storage.Persistable;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.HealthRows;

/**
 * The report of an epoch as storages keep it: session, time and {@link HealthRows}, in UTF-8. A
 * value but for {@code decode}, which storages call on an empty one.
 */
public final class HealthUpdate implements Persistable {

  /** What storages and the UI know these updates by. */
  public static final String TYPE = "SpikeHealth";

  private static final long serialVersionUID = 1L;
  private static final String WORKER = "training";

  /** Session. */
  private String session;

  /** Milliseconds since 1970. */
  private long time;

  /** The report's rows, joined by line breaks. */
  private String rows;

  /** For storages, which decode into it. */
  public HealthUpdate() {}

  /**
   * A report.
   *
   * @param session the training's name
   * @param time milliseconds since 1970, greater than those of the session's earlier reports
   * @param epoch the report
   */
  public HealthUpdate(String session, long time, EpochHealth epoch) {
    this.session = session;
    this.time = time;
    this.rows = String.join("\n", HealthRows.of(epoch));
  }

  /**
   * The report.
   *
   * @return the report
   */
  public EpochHealth epoch() {
    return HealthRows.parse(List.of(rows.split("\n"))).get(0);
  }

  @Override
  public String getSessionID() {
    return session;
  }

  @Override
  public String getTypeID() {
    return TYPE;
  }

  @Override
  public String getWorkerID() {
    return WORKER;
  }

  @Override
  public long getTimeStamp() {
    return time;
  }

  @Override
  public int encodingLengthBytes() {
    return encode().length;
  }

  @Override
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      encode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void encode(ByteBuffer buffer) {
    buffer.put(encode());
  }

  @Override
  public void encode(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeUTF(session);
    out.writeLong(time);
    out.write(rows.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void decode(byte[] bytes) {
    try {
      decode(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void decode(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    decode(bytes);
  }

  @Override
  public void decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    session = in.readUTF();
    time = in.readLong();
    rows = new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}

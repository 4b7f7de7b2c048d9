package org.springframework.http;

/** As much of Spring's as the controller of docs/relay.md needs to be compiled and run. */
public final class ResponseEntity<T> {
  private final int status;
  private final String type;
  private final T body;

  private ResponseEntity(int status, String type, T body) {
    this.status = status;
    this.type = type;
    this.body = body;
  }

  public static BodyBuilder status(int status) {
    return new BodyBuilder(status);
  }

  public int getStatusCodeValue() {
    return status;
  }

  public String type() {
    return type;
  }

  public T getBody() {
    return body;
  }

  public static final class BodyBuilder {
    private final int status;
    private String type;

    private BodyBuilder(int status) {
      this.status = status;
    }

    public BodyBuilder header(String name, String value) {
      if (name.equalsIgnoreCase("content-type")) type = value;
      return this;
    }

    public <T> ResponseEntity<T> body(T body) {
      return new ResponseEntity<>(status, type, body);
    }
  }
}

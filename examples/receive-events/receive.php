<?php
// MINIFLEET_WEBHOOK_SECRET=whsec_... php -S 127.0.0.1:8080 receive.php takes events; PHP 8, nothing besides.

const TOLERANCE_SECONDS = 300;

/** The signature covers the body byte for byte as it came. */
function isGenuine(string $body): bool
{
    $key = base64_decode(substr((string) getenv('MINIFLEET_WEBHOOK_SECRET'), strlen('whsec_')));
    if ($key === '') {
        throw new RuntimeException('MINIFLEET_WEBHOOK_SECRET is missing');
    }
    $sent = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!ctype_digit($sent) || abs(time() - (int) $sent) > TOLERANCE_SECONDS) {
        return false;
    }
    $signed = ($_SERVER['HTTP_WEBHOOK_ID'] ?? '') . ".$sent.$body";
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));
    // Several for a day after the secret was changed.
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $shown) {
        if (hash_equals($expected, $shown)) {
            return true;
        }
    }
    return false;
}

/** Each event comes at least once. In a database, a table whose key is the id, written together with what the event changes. */
function isNews(string $id): bool
{
    $folder = sys_get_temp_dir() . '/minifleet-events';
    is_dir($folder) || mkdir($folder, 0700, true);
    return @fopen($folder . '/' . hash('sha256', $id), 'x') !== false;
}

$body = file_get_contents('php://input');
if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    http_response_code(405);
} elseif (!isGenuine($body)) {
    http_response_code(401);
} else {
    $event = json_decode($body, true);
    if (isNews($event['id'])) {
        $data = json_encode($event['data'], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
        file_put_contents('php://stderr', "{$event['type']} " . ($event['businessId'] ?? '') . " $data\n");
    }
    http_response_code(204);
}

-- table: forecast.city_day
-- consequence: flag
-- zh: 已逾一日没有新的预报简报
-- en: no bulletin of the forecasters for more than a day
SELECT max(issued_at) AS newest FROM forecast.city_day WHERE model = 'bulletin' AND issued_at <= $as_of::TIMESTAMP
HAVING max(issued_at) < $as_of::TIMESTAMP - INTERVAL 24 HOUR
